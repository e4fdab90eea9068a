#include "vault/holder_client.h"

#include "vault/holder_link.h"

#include <algorithm>
#include <thread>

namespace provost {

namespace {

// The answer of the kind that is due, or the error.
template <class Wanted>
Result<Wanted> ask(HolderLink& link, HolderCall call) {
    PROVOST_TRY(auto reply, link.call(call));
    if (auto* const wanted = std::get_if<Wanted>(&reply)) return std::move(*wanted);
    if (auto* const error = std::get_if<Error>(&reply)) return fail(std::move(*error));
    return fail(not_understood("the answer is to another question"));
}

class RemoteKeyHolder final : public KeyHolder {
 public:
    explicit RemoteKeyHolder(std::shared_ptr<HolderLink> link) : link_(std::move(link)) {}

    Result<SealedSecret> seal(const SecretBinding& binding, const Secret& secret) override {
        return ask<SealedSecret>(*link_, SealCall{binding, Secret::copy_of(secret.expose())});
    }

    Result<std::vector<Secret>> open_all(std::span<const StoredSecret> stored) override {
        std::vector<Secret> opened;
        opened.reserve(stored.size());
        while (!stored.empty()) {
            const auto part = first_call(stored);
            PROVOST_TRY(auto some, open_some(part));
            std::move(some.begin(), some.end(), std::back_inserter(opened));
            stored = stored.subspan(part.size());
        }
        return opened;
    }

    Result<Secret> derive(std::string_view label, ByteView salt) override {
        return ask<DerivedReply>(*link_, DeriveCall{std::string(label), {salt.begin(), salt.end()}})
            .map([](DerivedReply reply) { return std::move(reply.secret); });
    }

    [[nodiscard]] Result<KeyEpochs> epochs() const override { return ask<KeyEpochs>(*link_, EpochsCall()); }

    Result<std::int64_t> begin_epoch(Timestamp now) override {
        return ask<EpochReply>(*link_, BeginEpochCall{now}).map([](EpochReply reply) { return reply.epoch; });
    }

    Result<SealedSecret> rewrap(const SecretBinding& binding, const SealedSecret& sealed) override {
        return ask<SealedSecret>(*link_, RewrapCall{binding, sealed});
    }

    Status destroy_epoch(std::int64_t epoch) override {
        return ask<DoneReply>(*link_, DestroyEpochCall{epoch}).map([](DoneReply) {});
    }

 private:
    static bool same_device(const SecretBinding& a, const SecretBinding& b) {
        return a.tenant == b.tenant && a.device == b.device && a.generation == b.generation;
    }

    // As many as go into one call: of one device, and short enough for a frame.
    static std::span<const StoredSecret> first_call(std::span<const StoredSecret> stored) {
        std::size_t count = 0, size = 0;
        for (const auto& one : stored.first(std::min(stored.size(), most_secrets))) {
            size += 512 + one.binding.purpose.size() + one.sealed.ciphertext.size();
            if (!same_device(one.binding, stored.front().binding) || (count > 0 && size > longest_frame))
                break;
            ++count;
        }
        return stored.first(count);
    }

    Result<std::vector<Secret>> open_some(std::span<const StoredSecret> stored) {
        const auto& first = stored.front().binding;
        OpenCall call{first.tenant, first.device, first.generation, {}};
        for (const auto& one : stored) call.parts.push_back({one.binding.purpose, one.sealed});
        PROVOST_TRY(auto reply, ask<OpenedReply>(*link_, std::move(call)));
        if (reply.secrets.size() == stored.size()) return std::move(reply.secrets);
        return fail(not_understood("another number of secrets came back"));
    }

    std::shared_ptr<HolderLink> link_;
};

class RemoteAuditKeys final : public AuditKeys {
 public:
    explicit RemoteAuditKeys(std::shared_ptr<HolderLink> link) : link_(std::move(link)) {}

    [[nodiscard]] Sha256 id() const override { return link_->audit_state().id; }
    [[nodiscard]] std::string reason() const override { return link_->audit_state().reason; }
    [[nodiscard]] std::int64_t step() const override { return link_->audit_state().step; }
    [[nodiscard]] AuditTail base() const override { return link_->audit_state().base; }
    [[nodiscard]] bool bound() const override { return link_->audit_state().bound; }

    Status bind(const AuditTail& tail) override { return change(AuditBindCall{tail}); }
    Status ratchet(const AuditTail& tail) override { return change(AuditRatchetCall{tail}); }

    [[nodiscard]] Result<AuditMac> mac(std::int64_t step, const AuditLink& link) const override {
        auto mac = ask<AuditMac>(*link_, AuditMacCall{step, link});
        if (!mac && mac.error().code == at_another_step)
            if (const auto state = ask<AuditKeyState>(*link_, AuditStateCall())) link_->note(*state);
        return mac;
    }

    [[nodiscard]] Result<Signature> sign(std::string_view text) const override {
        return ask<Signature>(*link_, AuditSignCall{std::string(text)});
    }

 private:
    Status change(HolderCall call) {
        PROVOST_TRY(auto reply, ask<AuditChangeReply>(*link_, std::move(call)));
        link_->note(reply.state);
        return reply.failed ? fail(std::move(*reply.failed)) : Status();
    }

    std::shared_ptr<HolderLink> link_;
};

}  // namespace

Result<HeldKeys> connect_key_holder(const std::filesystem::path& socket, std::chrono::milliseconds patience) {
    constexpr auto pause = std::chrono::milliseconds(50);
    const auto link = std::make_shared<HolderLink>(socket);
    const auto end = std::chrono::steady_clock::now() + patience;
    auto greeting = ask<AuditKeyState>(*link, AuditStateCall());
    while (!greeting && greeting.error().code == "P-5030" && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(pause);
        greeting = ask<AuditKeyState>(*link, AuditStateCall());
    }
    if (!greeting) return fail(std::move(greeting).error());
    return HeldKeys{std::make_unique<RemoteKeyHolder>(link), std::make_shared<RemoteAuditKeys>(link)};
}

}  // namespace provost
