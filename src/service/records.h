// What the store keeps besides devices.
#pragma once

#include "base/clock.h"
#include "crypto/digest.h"
#include "domain/decide.h"
#include "domain/device.h"
#include "domain/hand_over.h"
#include "domain/policy.h"
#include "domain/rating.h"
#include "service/key_holder.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace provost {

struct Site {
    TenantId tenant = 0;
    std::string name;
    Settings settings;
    RawOverrides raw = {};
};

// Fields a tenant may set of the policy; unset ones are inherited.
struct PolicyOverrides {
    std::optional<int> minimum_rating;
    std::optional<Duration> window, grace, repeat_window, rotate_every;
    std::optional<int> repeat_limit;
    std::optional<AccessMethods> access;        // `fallback`: ways in without a certificate
    std::optional<Networks> fallback_networks;  // where from
};

struct Tenant {
    TenantId id = 0;
    std::optional<TenantId> parent;  // tenants form a tree; at most 8 deep
    std::string slug;                // [a-z0-9-]{1,32}, unique: what people type
    std::string name;
    PolicyOverrides policy;
    Settings settings;  // the tenant layer
    RawOverrides raw;
    std::int64_t version = 0;
};

// Settings for all phones of a vendor's model within a tenant.
struct ModelSettings {
    TenantId tenant = 0;
    std::string vendor, model;
    Settings settings;
    RawOverrides raw = {};
};

// A rule of the hardening profile that does not hold somewhere, with who answers for it (R-D1). The place is
// the tenant with all below it, narrowed by what else is named.
// What the detail of a visit's event holds where it was so; the review looks for it.
inline constexpr std::string_view seen_elsewhere_mark = "seen elsewhere a moment ago";
inline constexpr std::string_view issuer_mark = "issuer ";  // then its name, to the end

struct HardeningException {
    std::int64_t id = 0;
    TenantId tenant = 0;
    std::string site;           // of that tenant itself
    std::string vendor, model;  // a model only with its vendor
    std::optional<MacAddress> device;
    std::string rule;           // id in the profile: "web-ui-off"
    std::string owner, reason;  // never empty
    Timestamp made{};
    std::optional<Timestamp> until;  // it holds before that; nullopt: until someone removes it
    std::string actor;

    [[nodiscard]] bool holds(Timestamp now) const { return !until || now < *until; }
};

// A user name and password by which a device without a certificate proves itself (R-A7): what it takes to
// verify the password, which outlives the device's other secrets. Sealed digests are bound to
// `digest_purpose`.
struct AccessCredential {
    std::string user;  // random and unique; tells nothing of the device
    MacAddress device;
    std::int64_t generation = 0;        // of the secrets it was made with
    std::optional<Sha256> basic;        // SHA-256 of the password, for devices that show it
    std::vector<StoredSecret> digests;  // sealed HA1, MD5 and SHA-256, for devices that don't
    bool has_older = false;  // the device still has one of an earlier generation; given by the store
};
// "access.7.sha256". Purposes that begin so are not the phone's secrets: no delivery carries them.
inline constexpr std::string_view access_purpose = "access.";
// What a registrar asks us for, instead of keeping it itself, by account. The same holds for these.
inline constexpr std::string_view registrar_purpose = "registrar.";
std::string digest_purpose(std::int64_t generation, DigestAlgorithm algorithm);

// What the registrar must learn (RFC 8760); written in the same transaction as the credential it belongs to.
// Once told, or void, it has no digests any more (docs/decisions/0014-the-outbox-forgets.md).
struct OutboxEntry {
    std::int64_t id = 0;
    Timestamp at{};
    TenantId tenant = 0;
    MacAddress device;
    std::int64_t generation = 0;
    std::string line;  // "line.1"
    std::string user;  // authentication user
    std::string realm;
    std::string ha1_md5, ha1_sha256;  // empty where `withdraw`
    bool withdraw = false;            // the credential is void: retired, expired
    std::optional<Timestamp> sent;    // when the last registrar that serves it had it
    OutboxState state = OutboxState::due;
    std::optional<Sha256> fingerprint;  // of ha1_md5, once that is forgotten
};

enum class Transfer : std::uint8_t { begun, complete, broken };

// Durable before the first byte with a secret leaves.
struct DeliveryRecord {
    std::int64_t id = 0;
    Timestamp at{};
    MacAddress device;
    std::int64_t generation = 0;
    Rule rule = Rule::first_delivery;
    Sha256 key{};  // of the certificate; else of the user name or token
    std::string source;
    Transfer transfer = Transfer::begun;
    std::optional<Timestamp> ended;
    Access proof = Access::certificate;
};

// One visit or one change, as `event tail` shows it. Strangers' bytes in it are escaped on output.
struct Event {
    std::int64_t id = 0;  // rises; given by the store
    Timestamp at{};
    std::string kind;  // "visit", "device.armed", "import.applied" ... (docs/reference/events.md)
    std::optional<MacAddress> device;  // proved; else the one claimed, see `proved`
    bool proved = false;
    TenantId tenant = 0;  // 0: none
    std::string vendor;
    std::string source;  // address
    std::string rule;    // to_text(Rule) for visits
    std::string detail;
    std::string method, path;     // as sent, at most 256 bytes
    std::string user_agent;       // as sent, at most 256 bytes
    std::string model, firmware;  // as the User-Agent says; empty if it does not
    std::string tls;              // "TLSv1.3 TLS_AES_256_GCM_SHA384"
    std::string proof;            // how it proved itself, or tried to: to_text(Access); empty: not at all
    int status = 0;
    std::int64_t bytes = 0;
    std::int64_t micros = 0;  // time the visit took to decide and render
    std::string actor;        // who, for changes: "cli:root"
    Rating rating{};          // of a visit that proved a device; 0 stars: none. Not a part of the event's row
};

// How a device was rated when it last proved itself (R-A6).
struct DeviceRating {
    int stars = 0;
    std::string reason, raise;  // in words, see Rating
    Timestamp since{};          // the first visit that was rated so
    bool operator==(const DeviceRating&) const = default;
};

// Devices that stand alike where ratings are counted. Retired ones are in none.
struct RatedGroup {
    TenantId tenant = 0;
    std::string site, vendor;
    SecretMode secret_mode = SecretMode::purge;
    Access access = Access::certificate;
    int stars = 0;  // 0: these devices never proved themselves
    std::string reason, raise;
    std::int64_t devices = 0;
};

// What a phone last got, without its secrets: what `device diff` compares with (R-F3).
struct FetchedPicture {
    MacAddress device;
    Timestamp at{};  // of the first answer that looked like this
    std::string vendor, model, firmware;
    bool with_secrets = false;
    std::string parameters;  // in the form of service/fetched_picture
};

// A CA certificate or CRL imported, and keys or certificates refused by hand.
struct TrustRecord {
    std::int64_t id = 0;
    std::string kind;  // "anchor", "crl", "refuse-certificate", "refuse-key", "refuse-anchor"
    std::string vendor, anchor, profile;
    std::string fingerprint;  // hexadecimal SHA-256
    std::string pem;
    std::string reason;
    Timestamp at{};
    std::string actor;
};

}  // namespace provost
