// A phone as Provost knows it, and the life of its secrets (DESIGN section 4).
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "domain/access.h"
#include "domain/network.h"
#include "domain/raw_overrides.h"
#include "domain/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

// registered --arm--> armed --first byte--> delivering --whole file taken--> grace --it ends--> provisioned
//                       | window passes                                     secrets destroyed
//                       v
//                    expired (secrets destroyed)                any --retire--> retired (secrets destroyed)
// A person's `arm` leads from every state but retired back to armed, with fresh secrets.
enum class DeviceState : std::uint8_t { registered, armed, delivering, grace, provisioned, expired, retired };
std::string_view to_text(DeviceState state);
std::optional<DeviceState> parse_device_state(std::string_view text);

// What happens to a password after it was delivered (R-B1, R-B2).
enum class SecretMode : std::uint8_t { purge, rotate, retain };
std::string_view to_text(SecretMode mode);
std::optional<SecretMode> parse_secret_mode(std::string_view text);

using TenantId = std::int64_t;

// An address that is good once (R-A7). Only its digest is kept: who reads the database can't use it.
struct AccessToken {
    Sha256 hash{};
    Timestamp until{};  // its own window; the device's may pass earlier
    Networks networks;  // where it may be used from, besides what the tenant says; empty: no limit
    std::optional<Timestamp> spent;  // when the first complete delivery with secrets ended
    bool operator==(const AccessToken&) const = default;
};

// Why a phone is to change its credentials (R-B2).
enum class RotationCause : std::uint8_t { asked, tenant, schedule, suspicion };
std::string_view to_text(RotationCause cause);
std::optional<RotationCause> parse_rotation_cause(std::string_view text);

// It was asked to, and has not taken new ones yet.
struct RotationRequest {
    Timestamp asked{};
    RotationCause cause = RotationCause::asked;
    bool at_once = false;  // the old ones are void already; else they are good until it has the new ones
    bool operator==(const RotationRequest&) const = default;
};

struct Device {
    MacAddress mac;
    TenantId tenant = 0;
    std::string site;    // empty: none
    std::string vendor;  // id of its vendor file
    std::string model;   // empty: not known yet
    SecretMode secret_mode = SecretMode::purge;
    Access access = Access::certificate;  // how it proves itself; a person's choice, never the phone's
    Settings settings;                    // the device layer
    RawOverrides raw;                     // its part in the vendor's own words

    DeviceState state = DeviceState::registered;
    std::int64_t generation = 0;  // of the secrets; rises with every arm and rotation, never reused
    std::optional<Timestamp> armed_until;
    std::optional<Timestamp> delivering_since;
    int delivery_attempts = 0;  // transfers begun that carried this generation's secrets
    std::optional<Timestamp> grace_until;
    std::optional<Sha256> pinned_key;  // SHA-256 of the SubjectPublicKeyInfo, set at first delivery
    std::optional<Sha256> held_key;    // another key that asked for this MAC; waits for a person (R-A10)
    std::optional<AccessToken> token;  // at most one, from arming to arming
    std::string access_user;           // that goes with its newest password; empty: it has none
    std::optional<RotationRequest> rotation;
    std::optional<Timestamp> credentials_since;  // when it had taken those it has
    std::string firmware;                        // as its last User-Agent said
    std::optional<Timestamp> last_seen;          // last visit that proved to be this device
    std::string last_source;                     // its address then
    std::int64_t version = 0;                    // rises with every change by a person: the ETag
};

}  // namespace provost
