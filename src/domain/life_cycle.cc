#include "domain/life_cycle.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 7> device_state_names = {
    "registered", "armed", "delivering", "grace", "provisioned", "expired", "retired"};
constexpr std::array<std::string_view, 4> cause_names = {"asked", "tenant", "schedule", "suspicion"};
constexpr std::array<std::string_view, 3> mode_names = {"purge", "rotate", "retain"};

template <class Enum, std::size_t N>
std::optional<Enum> parse_name(const std::array<std::string_view, N>& names, std::string_view text) {
    const auto* const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

// A state without secrets in flight.
Device at_rest(Device device, DeviceState state) {
    device.state = state;
    device.armed_until.reset();
    device.delivering_since.reset();
    device.grace_until.reset();
    device.delivery_attempts = 0;
    return device;
}

SecretFate fate_when_provisioned(const Device& device) {
    return device.secret_mode == SecretMode::retain ? SecretFate::keep : SecretFate::destroy;
}

// What it had before is still good: it is not stranded if it does not take the new.
bool keeps_the_old(const Device& device) {
    return device.rotation && !device.rotation->at_once;
}

// Nobody saw the file arrive. A phone that gets its password anew with each fetch only has to come again; any
// other needs a person who arms it (SECURITY section 6, delivery order), and so does one that was to get by
// this file what it comes again with.
DeviceState state_after_broken_transfer(const Device& device) {
    if (keeps_the_old(device)) return DeviceState::provisioned;
    const bool has_no_way_in = is_by_password(device.access) && device.token && !device.token->spent;
    return device.secret_mode == SecretMode::purge || has_no_way_in ? DeviceState::expired
                                                                    : DeviceState::provisioned;
}

// A broken transfer may repeat for the repeat window; then the secrets go, however the phone fared.
Timestamp end_of_repeats(const Device& device, const Policy& policy) {
    return device.delivering_since.value_or(Timestamp{}) + policy.repeat_window;
}

}  // namespace

std::string_view to_text(DeviceState state) {
    return device_state_names.at(static_cast<std::size_t>(state));
}
std::optional<DeviceState> parse_device_state(std::string_view text) {
    return parse_name<DeviceState>(device_state_names, text);
}
std::string_view to_text(SecretMode mode) {
    return mode_names.at(static_cast<std::size_t>(mode));
}
std::optional<SecretMode> parse_secret_mode(std::string_view text) {
    return parse_name<SecretMode>(mode_names, text);
}

std::string_view to_text(RotationCause cause) {
    return cause_names.at(static_cast<std::size_t>(cause));
}
std::optional<RotationCause> parse_rotation_cause(std::string_view text) {
    return parse_name<RotationCause>(cause_names, text);
}

Result<Transition> arm(const Device& device, const Policy& policy, Timestamp now, bool forget_key) {
    if (device.state == DeviceState::retired)
        return fail({"P-3001", "device " + device.mac.lower() + " is retired", "device", "retired is final",
                     "Remove it and add it again."});
    Transition next{at_rest(device, DeviceState::armed), SecretFate::make_fresh};
    next.device.armed_until = now + policy.window;
    ++next.device.generation;
    next.device.held_key.reset();
    next.device.token.reset();
    next.device.rotation.reset();
    if (forget_key) next.device.pinned_key.reset();
    return next;
}

Result<Transition> rotate(const Device& device, const Policy& policy, Timestamp now,
                          RotationRequest request) {
    if (device.state == DeviceState::registered)
        return fail({"P-3003", "device " + device.mac.lower() + " has no credentials to rotate", "device",
                     "it was never armed", "provost device arm " + device.mac.lower()});
    PROVOST_TRY(auto next, arm(device, policy, now, false));
    const bool old_are_good = device.state == DeviceState::provisioned ||
                              device.state == DeviceState::grace || keeps_the_old(device);
    request.at_once = request.at_once || !old_are_good;
    next.device.rotation = request;
    next.device.held_key = device.held_key;  // that is for a person to settle
    return next;
}

Transition retire(const Device& device) {
    Transition next{at_rest(device, DeviceState::retired), SecretFate::destroy};
    next.device.token.reset();
    next.device.rotation.reset();
    next.device.access_user.clear();
    return next;
}

Transition change_access(const Device& device, Access access) {
    Transition next{device, SecretFate::keep};
    if (access == device.access) return next;
    if (access != Access::certificate && device.state != DeviceState::retired)
        next = {at_rest(device, DeviceState::registered), SecretFate::destroy};
    next.device.access = access;
    next.device.rotation.reset();
    next.device.token.reset();
    next.device.access_user.clear();
    return next;
}

Result<Device> give_token(const Device& device, AccessToken token) {
    const auto mac = device.mac.lower();
    if (device.access == Access::certificate)
        return fail({"P-3002", "device " + mac + " takes no token", "access",
                     "it is set to its own certificate", "provost device set " + mac + " --access token"});
    if (device.state != DeviceState::armed)
        return fail({"P-3002", "device " + mac + " takes no token now", "device",
                     "it is " + std::string(to_text(device.state)) + ", so a first contact would get nothing",
                     "provost device arm " + mac});
    Device next = device;
    next.token = std::move(token);
    return next;
}

Transition begin_delivery(const Device& device, const std::optional<Sha256>& key, Timestamp now) {
    Transition next{device, SecretFate::keep};
    if (device.state == DeviceState::provisioned && device.secret_mode == SecretMode::rotate) {
        next.secrets = SecretFate::make_fresh;
        ++next.device.generation;
        next.device.delivery_attempts = 0;
    }
    if (device.state == DeviceState::armed || device.state == DeviceState::provisioned)
        next.device.delivering_since = now;
    if (device.state != DeviceState::grace) next.device.state = DeviceState::delivering;
    next.device.armed_until.reset();
    ++next.device.delivery_attempts;
    if (!next.device.pinned_key) next.device.pinned_key = key;
    return next;
}

std::optional<Transition> complete_delivery(const Device& device, const Policy& policy, Timestamp now) {
    if (device.state != DeviceState::delivering) return std::nullopt;
    Transition next{device, SecretFate::keep, true};
    next.device.rotation.reset();
    next.device.credentials_since = now;
    if (next.device.token && !next.device.token->spent) next.device.token->spent = now;
    if (policy.grace.count() == 0)
        return Transition{at_rest(std::move(next.device), DeviceState::provisioned),
                          fate_when_provisioned(device), true};
    next.device.state = DeviceState::grace;
    next.device.delivering_since.reset();
    next.device.grace_until = now + policy.grace;
    return next;
}

std::optional<Transition> confirm_registered(const Device& device) {
    if (device.state != DeviceState::grace) return std::nullopt;
    return Transition{at_rest(device, DeviceState::provisioned), fate_when_provisioned(device)};
}

std::optional<Transition> pass_time(const Device& device, const Policy& policy, Timestamp now) {
    switch (device.state) {
        case DeviceState::armed:
            if (device.armed_until && now < *device.armed_until) return std::nullopt;
            if (keeps_the_old(device))
                return Transition{at_rest(device, DeviceState::provisioned), fate_when_provisioned(device)};
            return Transition{at_rest(device, DeviceState::expired), SecretFate::destroy};
        case DeviceState::delivering: {
            if (now < end_of_repeats(device, policy)) return std::nullopt;
            const auto state = state_after_broken_transfer(device);
            return Transition{at_rest(device, state), state == DeviceState::expired
                                                          ? SecretFate::destroy
                                                          : fate_when_provisioned(device)};
        }
        case DeviceState::grace:
            if (device.grace_until && now < *device.grace_until) return std::nullopt;
            return Transition{at_rest(device, DeviceState::provisioned), fate_when_provisioned(device)};
        case DeviceState::registered:
        case DeviceState::provisioned:
        case DeviceState::expired:
        case DeviceState::retired:
            return std::nullopt;
    }
    return std::nullopt;
}

std::optional<Timestamp> next_due(const Device& device, const Policy& policy) {
    switch (device.state) {
        case DeviceState::armed:
            return device.armed_until;
        case DeviceState::delivering:
            return end_of_repeats(device, policy);
        case DeviceState::grace:
            return device.grace_until;
        case DeviceState::registered:
        case DeviceState::provisioned:
        case DeviceState::expired:
        case DeviceState::retired:
            return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace provost
