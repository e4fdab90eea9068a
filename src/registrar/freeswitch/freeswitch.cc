#include "registrar/freeswitch/freeswitch.h"

#include "registrar/freeswitch/directory_document.h"
#include "service/phone_service.h"
#include "service/phone_visit.h"
#include "service/registrar_directory.h"

namespace provost::registrar {

namespace {

constexpr std::size_t name_length = 32;  // of a hash: 128 bits

// By account: a line may get another, and its old one is withdrawn after the new one is told.
std::string purpose_of(const RegistrarAccount& account) {
    return std::string(registrar_purpose) +
           to_hex(sha256(account.user + "\n" + account.realm)).substr(0, name_length);
}

SecretBinding binding_of(const OutboxEntry& entry) {
    return {entry.tenant, entry.device, purpose_of(account_of(entry)), entry.generation};
}

Status forget(Transaction& transaction, const OutboxEntry& entry) {
    return transaction.destroy_secret(entry.device, purpose_of(account_of(entry)));
}

Status keep(Transaction& transaction, KeyHolder& keys, const OutboxEntry& entry) {
    PROVOST_TRY(const auto device, transaction.device(entry.device));
    if (!device) return {};  // it was removed meanwhile, and its withdrawal follows
    auto binding = binding_of(entry);
    PROVOST_TRY(auto sealed, keys.seal(binding, Secret::copy_of(entry.ha1_md5)));
    return transaction.put_secret({std::move(binding), std::move(sealed)});
}

class Freeswitch final : public Registrar {
 public:
    explicit Freeswitch(House& house) : house_(house) {}

    [[nodiscard]] RegistrarAbilities abilities() const override {
        RegistrarAbilities abilities;
        abilities.gives_digests = true;
        return abilities;
    }

    Result<std::vector<Status>> push(std::span<const OutboxEntry> entries) override {
        std::vector<Status> done;
        for (const auto& entry : entries) {
            const auto stored = house_.store.apply([&](Transaction& transaction) {
                return entry.withdraw ? forget(transaction, entry) : keep(transaction, house_.keys, entry);
            });
            if (!stored) return fail(stored.error());  // our own store's trouble is no fault of the entry's
            done.emplace_back();
        }
        return done;
    }

    Result<std::vector<HeldAccount>> accounts(const RegistrarAccount&, std::size_t) override {
        return std::vector<HeldAccount>();
    }
    Result<std::vector<Registration>> registrations(Timestamp, std::size_t) override {
        return std::vector<Registration>();
    }
    Result<std::vector<Registration>> registrations_of(const RegistrarAccount&) override {
        return std::vector<Registration>();
    }

    Result<std::optional<Secret>> digest(const RegistrarAccount& account) override {
        PROVOST_TRY(const auto entry, house_.store.registrar_queue().account(account));
        if (!entry || entry->withdraw) return std::optional<Secret>();
        PROVOST_TRY(const auto stored, house_.store.secret(entry->device, purpose_of(account)));
        if (!stored) return std::optional<Secret>();
        PROVOST_TRY(auto secret, house_.keys.open(*stored));
        return std::optional<Secret>(std::move(secret));
    }

 private:
    House& house_;
};

class Directory final : public DeliverConfiguration {
 public:
    Directory(House& house, std::string name) : house_(house), name_(std::move(name)), kept_(house) {}

    void handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                std::function<void(DeviceReply)> done) override {
        if (evidence->fault) return done(refused());
        DeviceReply reply;
        reply.status = 200;
        reply.content_type = "text/xml";
        const auto question = request.method == Method::post  ? read_question(request.body)
                              : request.method == Method::get ? read_question(after_mark(request.target))
                                                              : std::nullopt;
        const auto secret = question ? find(*question) : Result<std::optional<Secret>>(std::nullopt);
        // Not 404: FreeSWITCH would look elsewhere, or take an old answer, for what we can't tell now.
        if (!secret) return done(plain_reply(503, "Unavailable\n"));
        if (question && *secret)
            write_user(*question, (*secret)->expose(), reply.body);
        else
            write_not_found(reply.body);
        done(std::move(reply));
    }
    void transferred(std::int64_t, Transfer) override {}

 private:
    static std::string_view after_mark(std::string_view target) {
        const auto mark = target.find('?');
        return mark == target.npos ? std::string_view() : target.substr(mark + 1);
    }
    static DeviceReply refused() {
        auto reply = plain_reply(403, refusal_body);
        reply.refusal = true;
        return reply;
    }

    Result<std::optional<Secret>> find(const DirectoryQuestion& question) {
        const RegistrarAccount account{question.user, question.domain};
        PROVOST_TRY(const auto entry, house_.store.registrar_queue().account(account));
        if (!entry || !house_.registrars->serves(name_, entry->tenant, entry->realm))
            return std::optional<Secret>();
        return kept_.digest(account);
    }

    House& house_;
    const std::string name_;
    Freeswitch kept_;
};

}  // namespace

std::unique_ptr<Registrar> open_freeswitch(House& house) {
    return std::make_unique<Freeswitch>(house);
}

std::unique_ptr<DeliverConfiguration> make_directory(House& house, std::string name) {
    return std::make_unique<Directory>(house, std::move(name));
}

}  // namespace provost::registrar
