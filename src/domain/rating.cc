#include "domain/rating.h"

namespace provost {

namespace {

// Whoever breaks a CA of RSA 1024 or makes a second certificate of one SHA-1 digest is every phone of that
// vendor: less than the paper's shared certificates (4), which a thief must first take out of a phone.
// A good chain through an old door proves the phone as ever, but its traffic can be pushed down to TLS 1.0.
Rating rate_old_door(const Evidence& evidence, SecretMode mode) {
    constexpr std::string_view raise =
        "Firmware that speaks TLS 1.2 with ECDHE, and a phone whose certificate passes at the main door.";
    const bool less = mode == SecretMode::retain || evidence.expired_leaf;
    if (evidence.weak_chain)
        return {less ? 2 : 3, "unique device certificate, but SHA-1 or RSA 1024 vouch for it (old door)",
                raise};
    return {less ? 3 : 4, "unique device certificate, but through a door for old TLS", raise};
}

}  // namespace

Rating rate(const Evidence& evidence, SecretMode mode) {
    if (evidence.fault == Rule::certificate_generic)
        return {4, "certificate shared by every phone of the vendor: no identity",
                "A phone with a certificate of its own."};
    if (evidence.fault) return {1, "nothing was proved", "A device certificate from the factory."};
    if (evidence.old_door) return rate_old_door(evidence, mode);
    if (evidence.expired_leaf)
        return {4, "unique device certificate, but its dates have passed",
                "A phone whose certificate is renewed or still valid."};
    if (mode == SecretMode::retain)
        return {4, "unique device certificate, but the password stays on the server",
                "Purge, or rotate where the phone can't keep a password."};
    return {5, "HTTPS with a unique device certificate", ""};
}

}  // namespace provost
