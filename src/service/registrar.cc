#include "service/registrar.h"

namespace provost {

Sha256 fingerprint_of(std::string_view ha1) {
    return sha256(ha1);
}

}  // namespace provost
