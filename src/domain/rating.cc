#include "domain/rating.h"

namespace provost {

Rating rate(const Evidence& evidence, SecretMode mode) {
    if (evidence.fault == Rule::certificate_generic)
        return {4, "certificate shared by every phone of the vendor: no identity",
                "A phone with a certificate of its own."};
    if (evidence.fault) return {1, "nothing was proved", "A device certificate from the factory."};
    if (evidence.expired_leaf)
        return {4, "unique device certificate, but its dates have passed",
                "A phone whose certificate is renewed or still valid."};
    if (mode == SecretMode::retain)
        return {4, "unique device certificate, but the password stays on the server",
                "Purge, or rotate where the phone can't keep a password."};
    return {5, "HTTPS with a unique device certificate", ""};
}

}  // namespace provost
