#include "crypto/cose_key.h"

#include "crypto/cbor.h"
#include "crypto/openssl.h"

#include <algorithm>

#include <openssl/core_names.h>
#include <openssl/param_build.h>

namespace provost {

namespace {

using ContextHandle = std::unique_ptr<EVP_PKEY_CTX, OpensslFree<EVP_PKEY_CTX_free>>;
using DigestHandle = std::unique_ptr<EVP_MD_CTX, OpensslFree<EVP_MD_CTX_free>>;
using BuilderHandle = std::unique_ptr<OSSL_PARAM_BLD, OpensslFree<OSSL_PARAM_BLD_free>>;
using ParamsHandle = std::unique_ptr<OSSL_PARAM, OpensslFree<OSSL_PARAM_free>>;
using NumberHandle = std::unique_ptr<BIGNUM, OpensslFree<BN_free>>;

constexpr std::size_t coordinate = 32;
constexpr std::int64_t p256 = 1, ed25519 = 6;      // crv
constexpr std::int64_t okp = 1, ec2 = 2, rsa = 3;  // kty
constexpr int least_rsa_bits = 2048, most_rsa_bits = 4096;

// The labels of the map: 1 kty, 3 alg; of curves -1 crv, -2 x, -3 y; of RSA -1 n, -2 e.
struct Fields {
    std::int64_t kty = 0, alg = 0, crv = 0;
    ByteView first, second, third;  // under -1, -2, -3, where they are bytes
};

bool read_field(CborReader& reader, std::int64_t label, Fields& fields) {
    if (label == 1 || label == 3) {
        const auto value = reader.integer();
        if (!value) return false;
        (label == 1 ? fields.kty : fields.alg) = *value;
        return true;
    }
    if (label == -1 && fields.kty != rsa) {
        const auto value = reader.integer();
        if (value) fields.crv = *value;
        return value.has_value();
    }
    if (label < -3 || label > -1) return false;
    const auto value = reader.bytes();
    if (!value) return false;
    (label == -1 ? fields.first : label == -2 ? fields.second : fields.third) = *value;
    return true;
}

// Canonical order: 1, 3, -1, -2, -3; none twice.
std::optional<Fields> read_fields(CborReader& reader) {
    const auto rank = [](std::int64_t label) { return label >= 0 ? label : 10 - label; };
    const auto count = reader.map();
    if (!count || *count < 4 || *count > 5) return std::nullopt;
    Fields fields;
    std::int64_t last = -1;
    for (std::uint64_t i = 0; i < *count; ++i) {
        const auto label = reader.integer();
        if (!label || *label > 3 || *label < -3 || rank(*label) <= last) return std::nullopt;
        last = rank(*label);
        if (!read_field(reader, *label, fields)) return std::nullopt;
    }
    return fields;
}

KeyHandle make_key(const char* kind, OSSL_PARAM_BLD* builder) {
    const ParamsHandle params(OSSL_PARAM_BLD_to_param(builder));
    const ContextHandle context(EVP_PKEY_CTX_new_from_name(nullptr, kind, nullptr));
    EVP_PKEY* key = nullptr;
    if (!params || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
        return nullptr;
    return KeyHandle(key);
}

bool is_on_curve(const KeyHandle& key) {
    const ContextHandle check(key ? EVP_PKEY_CTX_new(key.get(), nullptr) : nullptr);
    return check && EVP_PKEY_public_check(check.get()) == 1;
}

// OpenSSL's own check of an RSA key tries bases by chance: it would take a modulus of somebody's making at
// one time and not at another. This is always the same, and as much of it as can be.
bool has_small_factor(const BIGNUM* n) {
    constexpr BN_ULONG last = 751;  // as OpenSSL's (SP 800-89 section 5.3.3)
    for (BN_ULONG divisor = 2; divisor <= last; ++divisor)
        if (BN_mod_word(n, divisor) == 0) return true;
    return false;
}

KeyHandle make_p256(const Fields& fields) {
    if (fields.crv != p256 || fields.second.size() != coordinate || fields.third.size() != coordinate)
        return nullptr;
    Bytes point{4};  // uncompressed (SEC 1 section 2.3.3)
    point.insert(point.end(), fields.second.begin(), fields.second.end());
    point.insert(point.end(), fields.third.begin(), fields.third.end());
    const BuilderHandle builder(OSSL_PARAM_BLD_new());
    if (!builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                         point.size()) != 1)
        return nullptr;
    auto key = make_key("EC", builder.get());
    return is_on_curve(key) ? std::move(key) : nullptr;
}

KeyHandle make_ed25519(const Fields& fields) {
    if (fields.crv != ed25519 || fields.second.size() != coordinate || !fields.third.empty()) return nullptr;
    return KeyHandle(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, fields.second.data(), fields.second.size()));
}

KeyHandle make_rsa(const Fields& fields) {
    const auto size = static_cast<int>(std::min<std::size_t>(fields.first.size(), 4096));
    if (fields.second.empty() || fields.second.size() > 4 || !fields.third.empty()) return nullptr;
    const NumberHandle n(BN_bin2bn(fields.first.data(), size, nullptr));
    const NumberHandle e(BN_bin2bn(fields.second.data(), static_cast<int>(fields.second.size()), nullptr));
    if (!n || !e || BN_num_bits(n.get()) < least_rsa_bits || BN_num_bits(n.get()) > most_rsa_bits ||
        BN_is_odd(e.get()) != 1 || BN_is_word(e.get(), 1) == 1 || has_small_factor(n.get()))
        return nullptr;
    const BuilderHandle builder(OSSL_PARAM_BLD_new());
    if (!builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return nullptr;
    return make_key("RSA", builder.get());
}

}  // namespace

struct CoseKey::Parts {
    CoseAlgorithm algorithm;
    KeyHandle key;
};

CoseKey::CoseKey(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
CoseKey::~CoseKey() = default;
CoseKey::CoseKey(CoseKey&&) noexcept = default;
CoseKey& CoseKey::operator=(CoseKey&&) noexcept = default;

CoseAlgorithm CoseKey::algorithm() const {
    return parts_->algorithm;
}

std::optional<CoseKey> CoseKey::read(ByteView bytes, ByteView& rest) {
    const QuietErrors quiet;
    CborReader reader(bytes);
    const auto fields = read_fields(reader);
    if (!fields) return std::nullopt;
    auto parts = std::make_unique<Parts>();
    const auto is = [&](CoseAlgorithm algorithm, std::int64_t kty) {
        parts->algorithm = algorithm;
        return fields->alg == static_cast<std::int64_t>(algorithm) && fields->kty == kty;
    };
    if (is(CoseAlgorithm::es256, ec2))
        parts->key = make_p256(*fields);
    else if (is(CoseAlgorithm::eddsa, okp))
        parts->key = make_ed25519(*fields);
    else if (is(CoseAlgorithm::rs256, rsa))
        parts->key = make_rsa(*fields);
    if (!parts->key) return std::nullopt;
    rest = reader.rest();
    return CoseKey(std::move(parts));
}

bool CoseKey::signed_this(ByteView message, ByteView signature) const {
    const QuietErrors quiet;
    const DigestHandle context(EVP_MD_CTX_new());
    const auto* const digest = parts_->algorithm == CoseAlgorithm::eddsa ? nullptr : EVP_sha256();
    return context && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, parts_->key.get()) == 1 &&
           EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                            message.size()) == 1;
}

}  // namespace provost
