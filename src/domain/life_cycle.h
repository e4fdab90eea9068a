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
    bool delivered = false;  // the phone has the credentials of this generation: the registrar may have them
};

// By a person. P-3001 for a retired device. Forgets a held key and the token; keeps the pinned key unless
// `forget_key`.
Result<Transition> arm(const Device& device, const Policy& policy, Timestamp now, bool forget_key);
// By a person or the clock (R-B2): as `arm`, but what the phone has stays good until it has taken the new,
// and if it never does, it is as before. `at_once`, or where nothing of its is known to be good: like `arm`
// alone. P-3001 for a retired device, P-3003 for one that never had credentials.
Result<Transition> rotate(const Device& device, const Policy& policy, Timestamp now, RotationRequest request);
Transition retire(const Device& device);
// By a person (R-A7). What was made for the old way is void: the device must be armed again, unless it was
// given the best way, a certificate, which needs nothing of ours.
Transition change_access(const Device& device, Access access);
// By a person: replaces the token there was. P-3002 unless the device is armed: else there is nothing to
// deliver.
Result<Device> give_token(const Device& device, AccessToken token);

// By a delivery that decide() allowed with secrets. `key`, that of the phone's certificate, is pinned if none
// is; nullopt: it showed none.
Transition begin_delivery(const Device& device, const std::optional<Sha256>& key, Timestamp now);
// The whole file was taken: a token is spent. Grace 0 goes straight to provisioned. nullopt where that
// changes nothing: a repeat.
std::optional<Transition> complete_delivery(const Device& device, const Policy& policy, Timestamp now);

// By the registrar: the phone has registered with what it took, so it will not ask for it again. nullopt
// where that changes nothing.
std::optional<Transition> confirm_registered(const Device& device);

// By the passing of time: nullopt if nothing is due. Never makes a state younger.
std::optional<Transition> pass_time(const Device& device, const Policy& policy, Timestamp now);
// When pass_time will next have something to do; nullopt: never.
std::optional<Timestamp> next_due(const Device& device, const Policy& policy);

}  // namespace provost
