#include "domain/rating.h"

namespace provost {

namespace {

constexpr std::string_view own_certificate =
    "A phone with a certificate of its own, and '--access certificate'.";

std::string_view reason_for(const Evidence& evidence, bool kept) {
    if (evidence.old_door)
        return "HTTPS with a password or address that can be copied, through a door for old TLS";
    if (evidence.proof == Access::basic)
        return kept ? "HTTPS with a password that is sent along (Basic), and secrets that stay on the server"
                    : "HTTPS with a password of the device's own that is sent along (Basic)";
    if (evidence.proof == Access::digest)
        return kept ? "HTTPS with a password that never travels (Digest), and secrets that stay on the server"
                    : "HTTPS with a password of the device's own that never travels (Digest)";
    return kept ? "HTTPS with an address good once, and secrets that stay on the server"
                : "HTTPS with an address good once: whoever sees it first has the device";
}

// HTTPS without a unique certificate is 4 at best: what proves the device can be copied out of it. A password
// that the phone hands over with each request is worth less than one that never leaves it.
Rating rate_credential(const Evidence& evidence, SecretMode mode) {
    const bool kept = mode == SecretMode::retain;
    const int best = evidence.proof == Access::basic ? 3 : 4;
    const int stars = best - (kept ? 1 : 0) - (evidence.old_door ? 1 : 0);
    return {stars, reason_for(evidence, kept), own_certificate};
}

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
    if (evidence.proof != Access::certificate) return rate_credential(evidence, mode);
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
