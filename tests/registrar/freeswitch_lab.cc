// FreeSWITCH's side of it: what it would read of our directory, by an XML parser of somebody else's.
#include "domain/text.h"
#include "registrar/freeswitch/freeswitch.h"
#include "service/registrar_directory.h"
#include "storage/sqlite/sqlite_store.h"
#include "tests/contract/socket_holder.h"
#include "tests/contract/store_samples.h"
#include "tests/registrar/labs.h"

#include <algorithm>
#include <filesystem>
#include <set>

#include <pugixml.hpp>

namespace provost::contract {

namespace {

namespace fs = std::filesystem;

// The digests lie with us, so what can be away is the key holder.
class FreeswitchLab final : public AccountLab {
 public:
    FreeswitchLab() : folder_(make_folder()), holder_(std::make_unique<SocketHolder>(folder_ / "holder")) {
        audit_ = open_audit_keys(folder_ / "own").value();
        keys_ = holder_->connect().keys;
        store_ = open_sqlite_store(folder_ / "provost.db", audit_).value();
        house_.reset(new House{*store_, *keys_, clock_, policies_, VendorShelf::make({}).value(), {}});
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(tenant_, t.insert_tenant(sample_tenant("acme")));
            return t.insert_device(sample_device(1, tenant_));
        });
        if (!policies_.refresh(*store_, house_->hardening)) throw std::runtime_error("no policies");
        house_->registrars =
            std::make_shared<RegistrarDirectory>(policies_, std::vector<RegistrarScope>{{"fs", {}, {}}});
        directory_ = registrar::make_directory(*house_, "fs");
    }
    ~FreeswitchLab() override {
        directory_.reset();
        house_.reset();
        store_.reset();
        fs::remove_all(folder_);
    }

    std::unique_ptr<Registrar> open() override { return registrar::open_freeswitch(*house_); }
    OutboxEntry queued(OutboxEntry entry) override {
        entry.tenant = tenant_;
        entry.device = mac(1);
        entry.generation = ++generation_;
        entry.line = "line.1";
        known_.insert(account_of(entry));
        change([&](Transaction& t) -> Status {
            PROVOST_TRY(entry.id, t.put_outbox(entry));
            return {};
        });
        return entry;
    }
    std::string stored(const RegistrarAccount& account) override {
        const auto text = ask("section=directory&action=sip_auth&user=" + percent_encode(account.user) +
                              "&domain=" + percent_encode(account.realm));
        pugi::xml_document document;
        if (!document.load_buffer(text.data(), text.size())) return "no document: " + text;
        const auto user = document.select_node("/document/section[@name='directory']/domain/user").node();
        if (!user) return "";
        if (user.attribute("id").value() != account.user) return "another user: " + text;
        return user.select_node("params/param[@name='a1-hash']").node().attribute("value").value();
    }
    int rows() override {
        return static_cast<int>(std::ranges::count_if(
            known_, [this](const RegistrarAccount& account) { return !stored(account).empty(); }));
    }
    void leave() override { holder_.reset(); }
    void come_back() override { holder_ = std::make_unique<SocketHolder>(folder_ / "holder"); }

 private:
    static fs::path make_folder() {
        char name[] = "/tmp/provost-directory-XXXXXX";
        const fs::path folder = mkdtemp(name);
        for (const auto* const part : {"holder", "own"}) {
            fs::create_directory(folder / part);
            fs::permissions(folder / part, fs::perms::owner_all);
            if (!make_key_files(folder / part, SystemClock().now()) ||
                !make_audit_keys(folder / part, "made by a test"))
                throw std::runtime_error("no keys");
        }
        return folder;
    }
    void change(const Change& change) {
        if (const auto done = store_->apply(change); !done) throw std::runtime_error(done.error().text());
    }
    std::string ask(std::string form) {
        DeviceRequest request;
        request.method = Method::post;
        request.body = std::move(form);
        std::string text;
        directory_->handle(std::make_shared<Evidence>(), std::move(request),
                           [&](const DeviceReply& reply) { text = reply.body.view(); });
        return text;
    }

    fs::path folder_;
    SystemClock clock_;
    PolicyBoard policies_;
    std::unique_ptr<SocketHolder> holder_;
    std::shared_ptr<AuditKeys> audit_;
    std::unique_ptr<KeyHolder> keys_;
    std::unique_ptr<Store> store_;
    std::unique_ptr<House> house_;
    std::unique_ptr<DeliverConfiguration> directory_;
    TenantId tenant_ = 0;
    std::int64_t generation_ = 0;
    std::set<RegistrarAccount> known_;  // to whoever asks
};

}  // namespace

std::unique_ptr<AccountLab> freeswitch_lab() {
    return std::make_unique<FreeswitchLab>();
}

}  // namespace provost::contract
