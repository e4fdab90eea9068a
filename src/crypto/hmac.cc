#include "crypto/hmac.h"

#include <openssl/evp.h>
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

std::string to_base64(ByteView bytes) {
    std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');  // the library writes a NUL behind it
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), bytes.data(),
                                     static_cast<int>(bytes.size()));
    out.resize(static_cast<std::size_t>(size));
    return out;
}

}  // namespace provost
