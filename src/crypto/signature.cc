#include "crypto/signature.h"

#include "base/secret.h"

#include <sodium.h>

namespace provost {

namespace {

struct Pair {
    explicit Pair(SigningSeed seed) { crypto_sign_seed_keypair(open.data(), secret.data(), seed.data()); }
    ~Pair() { wipe(secret.data(), secret.size()); }
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;

    PublicKey open{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
};

}  // namespace

PublicKey public_key_of(SigningSeed seed) {
    return Pair(seed).open;
}

Signature sign(SigningSeed seed, std::string_view text) {
    const Pair pair(seed);
    Signature signature{};
    const auto bytes = as_bytes(text);
    crypto_sign_detached(signature.data(), nullptr, bytes.data(), bytes.size(), pair.secret.data());
    return signature;
}

bool is_signed_by(const PublicKey& key, std::string_view text, const Signature& signature) {
    const auto bytes = as_bytes(text);
    return crypto_sign_verify_detached(signature.data(), bytes.data(), bytes.size(), key.data()) == 0;
}

}  // namespace provost
