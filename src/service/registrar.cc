#include "service/registrar.h"

namespace provost {

RegistrarAccount account_of(const OutboxEntry& entry) {
    return {entry.user, entry.realm};
}

Sha256 fingerprint_of(std::string_view ha1) {
    return sha256(ha1);
}

}  // namespace provost
