#include "crypto/digest.h"

#include "crypto/openssl.h"

#include <array>
#include <cstring>
#include <memory>

#include <openssl/evp.h>
#include <sodium.h>

namespace provost {

namespace {

// Streams the parts, so that no copy of a secret among them is made.
std::string hash_of(const EVP_MD* digest, std::initializer_list<std::string_view> parts) {
    const std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
    if (context == nullptr || EVP_DigestInit_ex2(context.get(), digest, nullptr) != 1) return {};
    for (const std::string_view part : parts)
        if (EVP_DigestUpdate(context.get(), part.data(), part.size()) != 1) return {};
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    if (EVP_DigestFinal_ex(context.get(), out.data(), &size) != 1) return {};
    return to_hex(ByteView(out.data(), size));
}

const EVP_MD* hash_function(DigestAlgorithm algorithm) {
    switch (algorithm) {
        case DigestAlgorithm::md5:
            return EVP_md5();
        case DigestAlgorithm::sha512_256:
            return EVP_sha512_256();
        case DigestAlgorithm::sha256:
            break;
    }
    return EVP_sha256();
}

std::string ha1(const EVP_MD* digest, std::string_view user, std::string_view realm, const Secret& password) {
    return hash_of(digest, {user, ":", realm, ":", password.expose()});
}

}  // namespace

Sha256 sha256(std::string_view bytes) {
    Sha256 digest{};
    crypto_hash_sha256(digest.data(), as_bytes(bytes).data(), bytes.size());
    return digest;
}

Sha256 sha256(const Secret& secret) {
    return sha256(secret.expose());
}

bool same_bytes(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

ShortHash short_hash(std::string_view bytes) {
    static const auto key = [] {
        std::array<std::uint8_t, crypto_shorthash_siphashx24_KEYBYTES> drawn{};
        randombytes_buf(drawn.data(), drawn.size());
        return drawn;
    }();
    ShortHash hash{};
    static_assert(sizeof hash == crypto_shorthash_siphashx24_BYTES);
    std::array<std::uint8_t, sizeof hash> out{};
    crypto_shorthash_siphashx24(out.data(), as_bytes(bytes).data(), bytes.size(), key.data());
    std::memcpy(hash.data(), out.data(), sizeof hash);
    return hash;
}

std::string ha1_md5(std::string_view user, std::string_view realm, const Secret& password) {
    return ha1(EVP_md5(), user, realm, password);
}

std::string ha1_sha256(std::string_view user, std::string_view realm, const Secret& password) {
    return ha1(EVP_sha256(), user, realm, password);
}

std::string digest_ha1(DigestAlgorithm algorithm, std::string_view user, std::string_view realm,
                       const Secret& password) {
    return ha1(hash_function(algorithm), user, realm, password);
}

std::string digest_response(const DigestQuestion& question, const Secret& ha1) {
    const auto* const digest = hash_function(question.algorithm);
    const auto request = hash_of(digest, {question.method, ":", question.uri});
    std::string middle;
    if (!question.count.empty())
        middle.append(question.count).append(":").append(question.client_nonce).append(":auth:");
    return hash_of(digest, {ha1.expose(), ":", question.nonce, ":", middle, request});
}

}  // namespace provost
