#include "domain/decide.h"

#include "domain/rating.h"

#include <algorithm>

namespace provost {

namespace {

Decision refuse(Rule rule, int rating = 0) {
    Decision decision{rule, true};
    decision.rating = rating;
    return decision;
}

Decision answer(Rule rule, int rating) {
    Decision decision{rule, false};
    decision.rating = rating;
    return decision;
}

Decision deliver(Rule rule, const Device& device, int rating) {
    auto decision = answer(rule, rating);
    decision.with_secrets = true;
    decision.pin_key = !device.pinned_key && device.access == Access::certificate;
    return decision;
}

bool is_fallback(const Evidence& evidence) {
    return evidence.proof != Access::certificate;
}

// What was proved (R-A1 to R-A5, R-A7).
std::optional<Rule> fault_of_evidence(const Evidence& evidence) {
    if (evidence.fault) return evidence.fault;
    if (is_fallback(evidence)) return evidence.mac ? std::nullopt : std::optional(Rule::credential_refused);
    if (!evidence.mac || !evidence.key) return Rule::certificate_malformed;
    if (!evidence.prefix_allowed) return Rule::vendor_prefix_mismatch;
    return std::nullopt;
}

bool names_another(const std::optional<MacAddress>& claimed, MacAddress proved) {
    return claimed && *claimed != proved;
}

// What the request claims (R-A2). The proved identity always wins; a claim may only agree.
std::optional<Rule> fault_of_claim(const Claim& claim, const Evidence& evidence) {
    const auto proved = *evidence.mac;
    if (claim.method == Method::other) return Rule::method_refused;
    if (names_another(claim.path_mac, proved) || names_another(claim.agent_mac, proved) ||
        names_another(claim.query_mac, proved))
        return Rule::claim_mismatch;
    // What anybody may hold who saw it must at least look like the phone it was made for.
    if (is_fallback(evidence) && claim.agent_of_another_vendor) return Rule::claim_mismatch;
    if (evidence.proof == Access::token && claim.lacks_token_header) return Rule::token_header_missing;
    if (claim.kind == FileKind::unknown) return Rule::path_unknown;
    const bool uploads = claim.method == Method::put || claim.method == Method::post;
    if (uploads && claim.kind != FileKind::upload) return Rule::method_refused;
    return std::nullopt;
}

bool uses_another_key(const Device& device, const Evidence& evidence) {
    return !is_fallback(evidence) && device.pinned_key && *device.pinned_key != *evidence.key;
}

// Only a person moves a device from one way of proving itself to another: one that has a certificate can't be
// had for less (R-A7). A token may make the first contact of a device that is set to a password, and brings
// it.
bool proved_as_it_should(const Device& device, const Evidence& evidence) {
    if (device.access == evidence.proof) return true;
    const bool first_contact = device.state == DeviceState::armed || device.state == DeviceState::delivering;
    return evidence.proof == Access::token && is_by_password(device.access) && first_contact;
}

std::optional<Rule> fault_of_token(const Device& device, const Evidence& evidence, Timestamp now) {
    if (evidence.proof != Access::token) return std::nullopt;
    if (!device.token || device.token->hash != evidence.credential) return Rule::credential_refused;
    if (device.token->spent) return Rule::token_spent;
    if (now >= device.token->until) return Rule::token_expired;
    return std::nullopt;
}

// What the tenant says of devices without a certificate (R-A7).
std::optional<Rule> fault_of_fallback(const Device& device, const Evidence& evidence, const Claim& claim,
                                      const Policy& policy) {
    if (!is_fallback(evidence)) return std::nullopt;
    if (!policy.access.allows(evidence.proof)) return Rule::fallback_not_allowed;
    if (!contains(policy.fallback_networks, claim.source)) return Rule::source_not_allowed;
    const bool limited = evidence.proof == Access::token && !device.token->networks.empty();
    if (limited && !contains(device.token->networks, claim.source)) return Rule::source_not_allowed;
    return std::nullopt;
}

// One certificate or credential at work from two places at once (R-A10).
bool seen_elsewhere(const Device& device, const Claim& claim, const Policy& policy, Timestamp now) {
    if (!device.last_seen || device.last_source.empty() || device.last_source == claim.source) return false;
    return now - *device.last_seen < policy.clone_window;
}

// Secrets on their way, or that this very visit would carry.
bool secrets_are_at_stake(const Device& device, const Claim& claim) {
    if (device.state == DeviceState::delivering || device.state == DeviceState::grace) return true;
    const bool every_time = device.secret_mode != SecretMode::purge;
    return device.state == DeviceState::provisioned && every_time && claim.may_carry_secrets;
}

// What we know of the device, before its state is asked.
std::optional<Rule> fault_of_record(const Device& device, const Evidence& evidence, const Claim& claim,
                                    Timestamp now) {
    if (device.vendor != evidence.vendor) return Rule::vendor_mismatch;
    if (!claim.door_serves_vendor) return Rule::vendor_not_served;
    if (device.state == DeviceState::retired) return Rule::device_retired;
    if (const auto fault = fault_of_token(device, evidence, now)) return fault;
    if (!proved_as_it_should(device, evidence)) return Rule::access_mismatch;
    if (uses_another_key(device, evidence)) return Rule::key_mismatch;
    return std::nullopt;
}

Decision decide_resync(const Device& device, bool may_carry_secrets, int rating) {
    if (!may_carry_secrets) return answer(Rule::resync, rating);
    if (device.secret_mode == SecretMode::rotate) {
        auto decision = deliver(Rule::rotated_delivery, device, rating);
        decision.fresh_secrets = true;
        return decision;
    }
    if (device.secret_mode == SecretMode::retain) return deliver(Rule::retained_delivery, device, rating);
    return answer(Rule::resync, rating);
}

Decision decide_repeat(const Device& device, const Policy& policy, Timestamp now, int rating) {
    const bool late = !device.delivering_since || now - *device.delivering_since >= policy.repeat_window;
    if (late || device.delivery_attempts > policy.repeat_limit)
        return refuse(Rule::repeats_exhausted, rating);
    return deliver(Rule::repeat_delivery, device, rating);
}

Decision decide_by_state(const Device& device, const Claim& claim, const Policy& policy, Timestamp now,
                         int rating) {
    switch (device.state) {
        case DeviceState::armed:
            if (!device.armed_until || now >= *device.armed_until) return refuse(Rule::window_passed, rating);
            if (!claim.may_carry_secrets) return answer(Rule::stage_without_secrets, rating);
            return deliver(Rule::first_delivery, device, rating);
        case DeviceState::delivering:
            if (!claim.may_carry_secrets) return answer(Rule::stage_without_secrets, rating);
            return decide_repeat(device, policy, now, rating);
        case DeviceState::grace:
            if (!claim.may_carry_secrets) return answer(Rule::stage_without_secrets, rating);
            if (device.grace_until && now < *device.grace_until)
                return deliver(Rule::repeat_delivery, device, rating);
            return decide_resync(device, true, rating);
        case DeviceState::provisioned:
            return decide_resync(device, claim.may_carry_secrets, rating);
        case DeviceState::expired:
            return refuse(Rule::window_passed, rating);
        case DeviceState::registered:
            return refuse(Rule::device_not_armed, rating);
        case DeviceState::retired:
            return refuse(Rule::device_retired, rating);
    }
    return refuse(Rule::device_not_armed, rating);
}

// A device that is waiting, or was never made ready, gets nothing at all, also not the harmless files.
std::optional<Rule> fault_of_readiness(const Device& device, Timestamp now) {
    if (device.state == DeviceState::registered) return Rule::device_not_armed;
    if (device.state == DeviceState::expired) return Rule::window_passed;
    if (device.state == DeviceState::armed && (!device.armed_until || now >= *device.armed_until))
        return Rule::window_passed;
    return std::nullopt;
}

std::optional<Rule> harmless_answer(const Claim& claim) {
    const bool uploads = claim.method == Method::put || claim.method == Method::post;
    if (claim.kind == FileKind::upload) return uploads ? Rule::upload_discarded : Rule::absent_by_design;
    if (claim.kind == FileKind::absent) return Rule::absent_by_design;
    if (claim.kind == FileKind::common) return Rule::common_file;
    if (claim.method == Method::head) return Rule::head_only;
    return std::nullopt;
}

}  // namespace

std::optional<MacAddress> proved_device(const Evidence& evidence) {
    return fault_of_evidence(evidence) ? std::nullopt : evidence.mac;
}

std::optional<MacAddress> proved_device(const Evidence& evidence, Rule rule) {
    const bool no_more =
        rule == Rule::credential_refused || rule == Rule::token_spent || rule == Rule::token_expired;
    return no_more ? std::nullopt : proved_device(evidence);
}

bool makes_source_known(bool proved, bool registered, Rule rule) {
    return proved && registered && !is_refusal(rule);
}

bool costs_patience(bool proved, Rule rule) {
    if (!is_refusal(rule) || rule == Rule::overloaded) return false;
    return !proved || rule == Rule::claim_mismatch;
}

Decision decide(const Evidence& evidence, const Claim& claim, const Device* record, const Policy& policy,
                Timestamp now) {
    if (const auto fault = fault_of_evidence(evidence)) return refuse(*fault);
    if (const auto fault = fault_of_claim(claim, evidence)) return refuse(*fault);
    if (record == nullptr) return refuse(Rule::device_unknown);
    const int rating = rate(evidence, record->secret_mode).stars;
    if (const auto fault = fault_of_record(*record, evidence, claim, now)) {
        auto decision = refuse(*fault, rating);
        decision.hold_key = *fault == Rule::key_mismatch && record->held_key != evidence.key;
        return decision;
    }
    if (const auto fault = fault_of_fallback(*record, evidence, claim, policy)) return refuse(*fault, rating);
    if (rating < policy.minimum_rating) return refuse(Rule::rating_too_low, rating);
    if (const auto fault = fault_of_readiness(*record, now)) return refuse(*fault, rating);
    const bool clone = seen_elsewhere(*record, claim, policy, now);
    auto decision = refuse(Rule::clone_suspected, rating);
    if (!clone || !secrets_are_at_stake(*record, claim)) {
        const auto harmless = harmless_answer(claim);
        decision =
            harmless ? answer(*harmless, rating) : decide_by_state(*record, claim, policy, now, rating);
    }
    decision.clone_alarm = clone;
    return decision;
}

}  // namespace provost
