#include "domain/rating.h"

namespace provost {

namespace {

constexpr std::string_view own_certificate =
    "A phone with a certificate of its own, and '--access certificate'.";

// HTTPS without a unique certificate is 4 at best: what proves the device can be copied out of it. A password
// that the phone hands over with each request is worth less than one that never leaves it.
Rating rate_credential(Access proof, SecretMode mode) {
    const bool kept = mode == SecretMode::retain;
    if (proof == Access::basic)
        return kept ? Rating{2,
                             "HTTPS with a password that is sent along, and secrets that stay on the server",
                             own_certificate}
                    : Rating{3, "HTTPS with a password of the device's own that is sent along (Basic)",
                             "Digest where the phone can; better, a phone with a certificate of its own."};
    const bool token = proof == Access::token;
    if (kept)
        return {3,
                token ? "HTTPS with an address good once, and secrets that stay on the server"
                      : "HTTPS with a password that never travels, and secrets that stay on the server",
                own_certificate};
    return {4,
            token ? "HTTPS with an address good once: whoever sees it first has the device"
                  : "HTTPS with a password of the device's own that never travels (Digest)",
            own_certificate};
}

}  // namespace

Rating rate(const Evidence& evidence, SecretMode mode) {
    if (evidence.fault == Rule::certificate_generic)
        return {4, "certificate shared by every phone of the vendor: no identity",
                "A phone with a certificate of its own."};
    if (evidence.fault) return {1, "nothing was proved", "A device certificate from the factory."};
    if (evidence.proof != Access::certificate) return rate_credential(evidence.proof, mode);
    if (evidence.expired_leaf)
        return {4, "unique device certificate, but its dates have passed",
                "A phone whose certificate is renewed or still valid."};
    if (mode == SecretMode::retain)
        return {4, "unique device certificate, but the password stays on the server",
                "Purge, or rotate where the phone can't keep a password."};
    return {5, "HTTPS with a unique device certificate", ""};
}

}  // namespace provost
