#include "crypto/keyed_hash.h"

#include "base/secret.h"
#include "crypto/random.h"

#include <sodium.h>

namespace provost {

KeyedHash::KeyedHash() {
    static_assert(crypto_auth_hmacsha256_KEYBYTES == 32 && crypto_auth_hmacsha256_BYTES == 32);
    random_bytes(key_);
}

KeyedHash::~KeyedHash() {
    wipe(key_.data(), key_.size());
}

Sha256 KeyedHash::of(std::string_view text) const {
    Sha256 mark{};
    crypto_auth_hmacsha256(mark.data(), as_bytes(text).data(), text.size(), key_.data());
    return mark;
}

}  // namespace provost
