// Transitions of a device's state. Pure: each takes a device and says what it becomes.
#pragma once

#include "base/result.h"
#include "domain/device.h"
#include "domain/policy.h"

#include <string_view>

namespace provost {

// What must happen to the secrets with the transition, in the same transaction.
enum class SecretFate : std::uint8_t { keep, destroy, make_fresh };

struct Transition {
    Device device;  // as it becomes
    SecretFate secrets = SecretFate::keep;
};

// By a person. P-3001 for a retired device. Forgets a held key; keeps the pinned key unless `forget_key`.
Result<Transition> arm(const Device& device, const Policy& policy, Timestamp now, bool forget_key);
Transition retire(const Device& device);

// By a delivery that decide() allowed with secrets. `key` is pinned if none is.
Transition begin_delivery(const Device& device, const Sha256& key, Timestamp now);
// The whole file was taken. Grace 0 goes straight to provisioned. nullopt where that changes nothing: a
// repeat.
std::optional<Transition> complete_delivery(const Device& device, const Policy& policy, Timestamp now);

// By the passing of time: nullopt if nothing is due. Never makes a state younger.
std::optional<Transition> pass_time(const Device& device, const Policy& policy, Timestamp now);
// When pass_time will next have something to do; nullopt: never.
std::optional<Timestamp> next_due(const Device& device, const Policy& policy);

}  // namespace provost
