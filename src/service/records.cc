#include "service/records.h"

namespace provost {

std::string digest_purpose(std::int64_t generation, DigestAlgorithm algorithm) {
    const auto* const name = algorithm == DigestAlgorithm::md5 ? ".md5" : ".sha256";
    return std::string(access_purpose) + std::to_string(generation) + name;
}

}  // namespace provost
