#include "registrar/freeswitch/freeswitch.h"

#include "registrar/account_check.h"
#include "registrar/freeswitch/directory_document.h"
#include "service/phone_service.h"
#include "service/phone_visit.h"
#include "service/registrar_directory.h"
#include "service/registration.h"

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

// Of the generation that FreeSWITCH was told of, which may be older than the entry's for a moment.
struct KeptDigest {
    Secret ha1;
    std::int64_t generation = 0;
};

Result<std::optional<KeptDigest>> kept(House& house, const OutboxEntry& entry) {
    PROVOST_TRY(const auto stored, house.store.secret(entry.device, purpose_of(account_of(entry))));
    if (!stored) return std::optional<KeptDigest>();
    PROVOST_TRY(auto ha1, house.keys.open(*stored));
    return KeptDigest{std::move(ha1), stored->binding.generation};
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
            done.push_back(entry.withdraw ? Status() : check_entry(entry, longest_asked_name));
            if (done.back())
                PROVOST_CHECK(note(entry));  // our own store's trouble is no fault of the entry's
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
        PROVOST_TRY(auto digest, kept(house_, *entry));
        return digest ? std::optional(std::move(digest->ha1)) : std::nullopt;
    }

 private:
    Status note(const OutboxEntry& entry) {
        return house_.store.apply([&](Transaction& transaction) {
            return entry.withdraw ? forget(transaction, entry) : keep(transaction, house_.keys, entry);
        });
    }

    House& house_;
};

class Directory final : public DeliverConfiguration {
 public:
    Directory(House& house, std::string name) : house_(house), name_(std::move(name)) {}

    void handle(std::shared_ptr<const Evidence> evidence, DeviceRequest request,
                std::function<void(DeviceReply)> done) override {
        if (evidence->fault) return done(refused());
        const auto question = question_of(request);
        const auto user = question ? find(*question) : Result<std::optional<User>>(std::nullopt);
        // Not 404: FreeSWITCH would look elsewhere, or take an old answer, for what we can't tell now.
        if (!user) return done(plain_reply(503, "Unavailable\n"));
        if (*user) note_login(*question, **user);
        done(document(question, *user));
    }
    void transferred(std::int64_t, Transfer) override {}

 private:
    struct User {
        OutboxEntry entry;
        KeptDigest digest;
    };

    static std::optional<DirectoryQuestion> question_of(const DeviceRequest& request) {
        if (request.method == Method::post) return read_question(request.body);
        const auto mark = request.target.find('?');
        if (request.method != Method::get || mark == request.target.npos) return std::nullopt;
        return read_question(std::string_view(request.target).substr(mark + 1));
    }
    static DeviceReply refused() {
        auto reply = plain_reply(403, refusal_body);
        reply.refusal = true;
        return reply;
    }
    static DeviceReply document(const std::optional<DirectoryQuestion>& question,
                                const std::optional<User>& user) {
        DeviceReply reply;
        reply.status = 200;
        reply.content_type = "text/xml";
        if (user)
            write_user(*question, user->digest.ha1.expose(), reply.body);
        else
            write_not_found(reply.body);
        return reply;
    }

    Result<std::optional<User>> find(const DirectoryQuestion& question) {
        PROVOST_TRY(auto entry, house_.store.registrar_queue().account({question.user, question.domain}));
        const bool ours =
            entry && !entry->withdraw && house_.registrars->serves(name_, entry->tenant, entry->realm);
        if (!ours) return std::optional<User>();
        PROVOST_TRY(auto digest, kept(house_, *entry));
        if (!digest) return std::optional<User>();
        return User{std::move(*entry), std::move(*digest)};
    }

    // FreeSWITCH tells nobody who registered, but it asks with what the phone answered (decision 20).
    void note_login(const DirectoryQuestion& question, const User& user) {
        if (!question.login || !shows_password(*question.login, user.digest.ha1)) return;
        confirm_login(house_, {user.entry.device, user.digest.generation, user.entry.line}, "registrar");
    }

    House& house_;
    const std::string name_;
};

}  // namespace

std::unique_ptr<Registrar> open_freeswitch(House& house) {
    return std::make_unique<Freeswitch>(house);
}

std::unique_ptr<DeliverConfiguration> make_directory(House& house, std::string name) {
    return std::make_unique<Directory>(house, std::move(name));
}

}  // namespace provost::registrar
