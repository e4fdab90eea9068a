// May this phone have this configuration now? Every rule about who gets what is here, and nothing else is.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "domain/device.h"
#include "domain/policy.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

// The reason inside; from outside every refusal looks the same. Order is the order in which decide() asks.
enum class Rule : std::uint8_t {
    // refusals: what TLS proved
    no_certificate,
    certificate_untrusted,  // no trust anchor vouches for it, or its chain is broken
    certificate_expired,
    certificate_not_yet_valid,
    certificate_revoked,
    certificate_distrusted,  // on the operator's refuse list
    certificate_malformed,   // the device-certificate profile refused it; `detail` says what
    certificate_generic,     // the same in every phone: never an identity (R-A5)
    vendor_prefix_mismatch,  // the CA may not vouch for this MAC prefix (R-A4)
    credential_refused,      // no such user name or token, a wrong password, or a nonce used twice (R-A7)
    // refusals: what the request claims
    method_refused,
    path_unknown,          // nothing that this vendor's phones ask for
    claim_mismatch,        // path, query or User-Agent name another device (R-A2)
    token_header_missing,  // these phones send a header with a token: this was a preview or a crawler (R-A7)
    // refusals: what we know of the device
    device_unknown,
    vendor_mismatch,    // registered as another vendor's
    vendor_not_served,  // the door is for other vendors' phones
    device_retired,
    token_spent,           // the token's one delivery was complete (R-A7)
    token_expired,         // the token's own window has passed (R-A7)
    access_mismatch,       // it proved itself in another way than it is set to (R-A7)
    fallback_not_allowed,  // the tenant allows certificates only, or other ways than this one (R-A7)
    source_not_allowed,    // from outside the networks of the tenant's policy or of the token (R-A7)
    device_not_armed,
    window_passed,
    key_mismatch,     // another key than the pinned one (R-A10)
    clone_suspected,  // the same proof from two places at once (R-A10)
    rating_too_low,
    repeats_exhausted,      // too many broken transfers; a person must arm it again
    configuration_invalid,  // it could not be rendered or failed the lint; an operator's mistake
    overloaded,             // the store or the vault can't serve now; nothing was decided
    // answers
    challenged,             // nothing was shown yet at a door that asks for a password: 401 (R-A7)
    absent_by_design,       // 404 that the phone needs, to a phone that proved itself
    upload_discarded,       // a clean answer to a PUT; nothing is kept
    common_file,            // a file without anything of a device's own
    first_delivery,         // with secrets
    repeat_delivery,        // with secrets, same pinned key, within the grace
    rotated_delivery,       // with fresh secrets
    retained_delivery,      // with the kept secrets, by explicit policy
    diagnostics_opened,     // a diagnostic window begins: its one password, no other secret (R-D2)
    diagnostics_closed,     // it is over: another password, that nobody knows, no other secret
    resync,                 // without secrets
    head_only,              // HEAD: never secrets, no change of state
    stage_without_secrets,  // this request of the boot sequence may not carry secrets
};
std::string_view to_text(Rule rule);
std::optional<Rule> parse_rule(std::string_view text);
bool is_refusal(Rule rule);
bool is_delivery(Rule rule);            // with a device's credentials
bool is_window_delivery(Rule rule);     // with the one password that a diagnostic window asks for
std::string_view explain(Rule rule);    // in words, for the engineer: what the server saw
std::string_view next_step(Rule rule);  // ... and what to do about it

// What TLS, or a credential within it, proved about the peer. `fault` is the first refusal that the proof
// itself earned.
struct Evidence {
    std::optional<Rule> fault;  // no_certificate ... credential_refused; nullopt: it proved `mac`
    std::string detail;         // inner reason, such as "two common names"; for people only
    Access proof = Access::certificate;
    std::string vendor;             // whose trust anchor vouched; else the proved device's; empty if none
    std::optional<MacAddress> mac;  // identity that was proved
    bool prefix_allowed = false;    // that vendor's CA may vouch for this MAC's prefix
    bool expired_leaf = false;      // tolerated by the vendor's profile, at a lower rating
    bool old_door = false;          // through a door for old phones: TLS 1.0 was possible
    bool weak_chain = false;        // SHA-1 or RSA below 2048 bits in its chain; at such a door only
    std::optional<Sha256> key;      // SHA-256 of the leaf's SubjectPublicKeyInfo, once there is a leaf
    Sha256 credential{};  // without a certificate: SHA-256 of the user name or of the token; for the record
};

enum class Method : std::uint8_t { get, head, put, post, other };
enum class FileKind : std::uint8_t { unknown, device, common, absent, upload };

// What the request says; nothing of it is evidence.
struct Claim {
    Method method = Method::other;
    FileKind kind = FileKind::unknown;
    std::optional<MacAddress> path_mac;
    std::optional<MacAddress> agent_mac;
    std::optional<MacAddress> query_mac;
    bool agent_of_another_vendor = false;  // the User-Agent is none of the proved vendor's, but another's
    bool lacks_token_header = false;       // the vendor's phones send a header with a token; it is not there
    bool door_serves_vendor = true;        // the door is for the phones of the vendor that was proved
    bool may_carry_secrets = false;        // false in the early stages of some boots; from the vendor file
    std::string_view source;               // peer's address, text
};

struct Decision {
    Rule rule;
    bool refused;
    bool with_secrets = false;   // needs a durable delivery record before the first byte
    bool fresh_secrets = false;  // rotate: made anew for this delivery
    bool pin_key = false;        // first use: pin the evidence's key
    bool hold_key = false;       // record the evidence's key as held for approval
    bool clone_alarm = false;    // the same proof was at work from another address a moment ago (R-A10)
    int rating = 0;              // 1 to 5; 0 where nothing was proved
};

// The device that the peer proved to be, whatever becomes of its request; nullopt for a stranger.
std::optional<MacAddress> proved_device(const Evidence& evidence);
// The same once that is decided: a token that is spent or over still names its device, but who shows it need
// not be that device.
std::optional<MacAddress> proved_device(const Evidence& evidence, Rule rule);

// Whether the address of a visit counts as known from then on (R-C5): a registered device was served there.
// Who is refused must not make his address known. `proved`: that it is this device.
bool makes_source_known(bool proved, bool registered, Rule rule);
// Whether a visit costs its address, or its device, a part of the guard's patience. The store's troubles and
// an operator's mistakes do not.
bool costs_patience(bool proved, Rule rule);

// Pure: the same arguments give the same decision. `record` is null if the MAC is in no tenant.
Decision decide(const Evidence& evidence, const Claim& claim, const Device* record, const Policy& policy,
                Timestamp now);

}  // namespace provost
