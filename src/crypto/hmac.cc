#include "crypto/hmac.h"

#include <openssl/hmac.h>

namespace provost {

Sha256 hmac_sha256(const Secret& key, std::string_view text) {
    Sha256 mac{};
    unsigned int size = mac.size();
    const auto bytes = key.expose();
    const auto data = as_bytes(text);
    HMAC(EVP_sha256(), bytes.data(), static_cast<int>(bytes.size()), data.data(), data.size(), mac.data(),
         &size);
    return mac;
}

}  // namespace provost
