#include "vault/holder_desk.h"

#include "service/records.h"

#include <algorithm>

namespace provost {

namespace {

constexpr auto tell_braked_every = std::chrono::seconds(10);

bool is_login(const OpenCall& call) {
    return std::all_of(call.parts.begin(), call.parts.end(),
                       [](const OpenCall::Part& part) { return part.purpose.starts_with(access_purpose); });
}

template <class T>
HolderReply reply_of(Result<T> result) {
    if (!result) return std::move(result).error();
    return std::move(*result);
}

HolderReply reply_of(Status status) {
    if (!status) return std::move(status).error();
    return DoneReply();
}

}  // namespace

bool HolderDesk::answer(ByteView body, Peer& peer, Timestamp now, OutputBuffer& frame) {
    auto call = read_call(body);
    const auto* const hello = call ? std::get_if<HelloCall>(&*call) : nullptr;
    const bool versions_fit = hello != nullptr && hello->protocol == holder_protocol;
    if (!call || (!peer.greeted && !versions_fit)) {
        (void)write_frame(
            HolderReply(not_understood(call ? "another version" : "no message of this version")), frame);
        return false;
    }
    peer.greeted = true;
    if (write_frame(reply_to(*call, peer, now), frame)) return true;
    frame.clear();
    return write_frame(HolderReply(not_understood("the answer is too long for one frame")), frame);
}

HolderReply HolderDesk::reply_to(HolderCall& call, const Peer& peer, Timestamp now) {
    if (std::holds_alternative<HelloCall>(call)) return audit_state();
    if (std::holds_alternative<EpochsCall>(call)) return reply_of(keys_.epochs());
    if (auto* const seal = std::get_if<SealCall>(&call))
        return reply_of(keys_.seal(seal->binding, seal->secret));
    if (auto* const wanted = std::get_if<OpenCall>(&call)) return open(*wanted, peer, now);
    if (auto* const rewrap = std::get_if<RewrapCall>(&call))
        return reply_of(keys_.rewrap(rewrap->binding, rewrap->sealed));
    if (const auto* const begin = std::get_if<BeginEpochCall>(&call))
        return reply_of(
            keys_.begin_epoch(begin->now).map([](std::int64_t epoch) { return EpochReply{epoch}; }));
    if (const auto* const destroy = std::get_if<DestroyEpochCall>(&call))
        return reply_of(keys_.destroy_epoch(destroy->epoch));
    if (const auto* const mac = std::get_if<AuditMacCall>(&call))
        return reply_of(audit_.mac(mac->step, mac->link));
    if (const auto* const sign = std::get_if<AuditSignCall>(&call)) return reply_of(audit_.sign(sign->text));
    if (const auto* const wanted = std::get_if<DeriveCall>(&call)) return derive(*wanted, peer, now);
    if (std::holds_alternative<AuditStateCall>(call)) return audit_state();
    const auto* const bind = std::get_if<AuditBindCall>(&call);
    const auto done =
        bind != nullptr ? audit_.bind(bind->tail) : audit_.ratchet(std::get<AuditRatchetCall>(call).tail);
    return AuditChangeReply{audit_state(), done ? std::nullopt : std::optional(done.error())};
}

AuditKeyState HolderDesk::audit_state() const {
    return {audit_.id(), audit_.reason(), audit_.step(), audit_.bound(), audit_.base()};
}

HolderReply HolderDesk::open(OpenCall& call, const Peer& peer, Timestamp now) {
    const auto kind = is_login(call) ? OpenBrake::Kind::login : OpenBrake::Kind::delivery;
    if (!brake_.admit(kind, call.tenant, now)) {
        tell_braked({{"device", call.device.lower()}, {"tenant", std::to_string(call.tenant)}}, peer, now);
        return Error{"P-5033", "the key holder is asked to open secrets too fast", "key holder",
                     "more devices a second than its limits allow",
                     "Find out who asks; raise the limits of 'provost keyholder run' if it is your phones"};
    }
    auto opened = open_admitted(call);
    tell(call, peer, opened);
    if (const auto count = brake_.alarm())
        log_event(LogLevel::error, "keyholder.bulk-opens",
                  "secrets of " + std::to_string(*count) + " devices were opened within a minute",
                  {{"devices", std::to_string(*count)}, {"peer", peer.name}});
    if (!opened) return std::move(opened).error();
    return OpenedReply{std::move(*opened)};
}

Result<std::vector<Secret>> HolderDesk::open_admitted(OpenCall& call) {
    std::vector<StoredSecret> stored;
    stored.reserve(call.parts.size());
    for (auto& part : call.parts)
        stored.push_back({{call.tenant, call.device, part.purpose, call.generation}, std::move(part.sealed)});
    return keys_.open_all(stored);
}

// A line for each, but for nobody's verifier, which every stranger at a door for passwords has opened.
void HolderDesk::tell(const OpenCall& call, const Peer& peer, const Result<std::vector<Secret>>& opened) {
    if (call.device == MacAddress()) return;
    log_event(LogLevel::info, "keyholder.opened", "secrets were opened or refused",
              {{"device", call.device.lower()},
               {"tenant", std::to_string(call.tenant)},
               {"generation", std::to_string(call.generation)},
               {"secrets", std::to_string(call.parts.size())},
               {"for", is_login(call) ? "login" : "delivery"},
               {"outcome", opened ? "opened" : opened.error().code},
               {"peer", peer.name}});
}

void HolderDesk::tell_braked(LogFields whose, const Peer& peer, Timestamp now) {
    if (braked_told_ && now - *braked_told_ < tell_braked_every) return;
    braked_told_ = now;
    whose.emplace_back("refused", std::to_string(brake_.refused()));
    whose.emplace_back("peer", peer.name);
    log_event(LogLevel::warning, "keyholder.braked", "secrets were asked for too fast and are not opened",
              whose);
}

// A line for each: people's logins are few.
HolderReply HolderDesk::derive(const DeriveCall& call, const Peer& peer, Timestamp now) {
    if (!brake_.admit_derive(now)) {
        tell_braked({{"label", call.label}}, peer, now);
        return Error{"P-5033", "the key holder is asked to derive secrets too fast", "key holder",
                     "more logins a second than its limits allow", "Find out who asks"};
    }
    auto derived = keys_.derive(call.label, call.salt);
    log_event(LogLevel::info, "keyholder.derived", "a secret was derived",
              {{"label", call.label},
               {"outcome", derived ? "derived" : derived.error().code},
               {"peer", peer.name}});
    if (!derived) return std::move(derived).error();
    return DerivedReply{std::move(*derived)};
}

}  // namespace provost
