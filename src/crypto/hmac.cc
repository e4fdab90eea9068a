#include "crypto/hmac.h"

#include <openssl/hmac.h>

namespace provost {

namespace {

template <class Mac>
Mac hmac(const EVP_MD* digest, const Secret& key, std::string_view text) {
    Mac mac{};
    unsigned int size = mac.size();
    const auto bytes = key.expose();
    const auto data = as_bytes(text);
    HMAC(digest, bytes.data(), static_cast<int>(bytes.size()), data.data(), data.size(), mac.data(), &size);
    return mac;
}

}  // namespace

Sha256 hmac_sha256(const Secret& key, std::string_view text) {
    return hmac<Sha256>(EVP_sha256(), key, text);
}

Sha256 hmac_sha256(const Secret& key, const Secret& text) {
    return hmac<Sha256>(EVP_sha256(), key, text.expose());
}

Sha1Mac hmac_sha1(const Secret& key, std::string_view text) {
    return hmac<Sha1Mac>(EVP_sha1(), key, text);
}

}  // namespace provost
