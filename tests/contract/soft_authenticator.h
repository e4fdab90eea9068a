// An authenticator of the tests: makes passkeys and signs with them, by OpenSSL, as a browser would send it.
#pragma once

#include "base/bytes.h"
#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/openssl.h"
#include "crypto/webauthn.h"

#include <string>
#include <string_view>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>

namespace provost::contract {

// Just enough CBOR to write (RFC 8949).
class CborWriter {
 public:
    CborWriter& head(int major, std::uint64_t value) {
        const auto type = static_cast<std::uint8_t>(major << 5);
        if (value < 24) {
            bytes.push_back(static_cast<std::uint8_t>(type | value));
        } else if (value < 256) {
            bytes.push_back(type | 24);
            bytes.push_back(static_cast<std::uint8_t>(value));
        } else {
            bytes.push_back(type | 25);
            bytes.push_back(static_cast<std::uint8_t>(value >> 8));
            bytes.push_back(static_cast<std::uint8_t>(value));
        }
        return *this;
    }
    CborWriter& integer(std::int64_t value) {
        return value >= 0 ? head(0, static_cast<std::uint64_t>(value))
                          : head(1, static_cast<std::uint64_t>(-1 - value));
    }
    CborWriter& map(std::size_t pairs) { return head(5, pairs); }
    CborWriter& text(std::string_view text) { return string(3, as_bytes(text)); }
    CborWriter& blob(ByteView blob) { return string(2, blob); }
    Bytes bytes;

 private:
    CborWriter& string(int major, ByteView content) {
        head(major, content.size());
        bytes.insert(bytes.end(), content.begin(), content.end());
        return *this;
    }
};

class SoftAuthenticator {
 public:
    enum class Kind { es256, eddsa, rs256 };

    explicit SoftAuthenticator(Kind kind, std::string rp = "admin.example.net")
        : kind_(kind), rp_id(std::move(rp)) {
        switch (kind) {
            case Kind::es256:
                key_.reset(EVP_EC_gen("P-256"));
                break;
            case Kind::eddsa:
                key_.reset(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
                break;
            case Kind::rs256:
                key_.reset(EVP_RSA_gen(2048));
                break;
        }
        credential.resize(32);
        RAND_bytes(credential.data(), static_cast<int>(credential.size()));
    }

    [[nodiscard]] static std::string client_json(std::string_view type, std::string_view challenge,
                                                 std::string_view origin, std::string_view more = "") {
        return R"({"type":")" + std::string(type) + R"(","challenge":")" + std::string(challenge) +
               R"(","origin":")" + std::string(origin) + R"(","crossOrigin":false)" + std::string(more) + "}";
    }
    [[nodiscard]] static ClientData client(std::string_view type, std::string_view challenge,
                                           std::string_view origin) {
        ClientData data;
        data.type = type;
        data.challenge = challenge;
        data.origin = origin;
        data.hash = sha256(client_json(type, challenge, origin));
        return data;
    }

    [[nodiscard]] Bytes authenticator_data(std::uint8_t flags) const {
        const auto rp = sha256(rp_id);
        Bytes data(rp.begin(), rp.end());
        data.push_back(flags);
        for (int shift = 24; shift >= 0; shift -= 8)
            data.push_back(static_cast<std::uint8_t>(count >> shift));
        return data;
    }
    [[nodiscard]] Bytes registration_data(std::uint8_t flags = 0x45) const {
        auto data = authenticator_data(flags);
        data.insert(data.end(), 16, 0);
        data.push_back(static_cast<std::uint8_t>(credential.size() >> 8));
        data.push_back(static_cast<std::uint8_t>(credential.size()));
        data.insert(data.end(), credential.begin(), credential.end());
        const auto key = cose_key();
        data.insert(data.end(), key.begin(), key.end());
        return data;
    }
    [[nodiscard]] static Bytes attestation(const Bytes& data) {
        CborWriter object;
        object.map(3).text("fmt").text("none").text("attStmt").map(0).text("authData").blob(data);
        return object.bytes;
    }

    [[nodiscard]] Bytes cose_key() const {
        CborWriter key;
        if (kind_ == Kind::rs256) {
            key.map(4).integer(1).integer(3).integer(3).integer(-257);
            return key.integer(-1)
                .blob(number(OSSL_PKEY_PARAM_RSA_N))
                .integer(-2)
                .blob(number(OSSL_PKEY_PARAM_RSA_E))
                .bytes;
        }
        if (kind_ == Kind::eddsa) {
            Bytes raw(32);
            std::size_t size = raw.size();
            EVP_PKEY_get_raw_public_key(key_.get(), raw.data(), &size);
            key.map(4).integer(1).integer(1).integer(3).integer(-8);
            return key.integer(-1).integer(6).integer(-2).blob(raw).bytes;
        }
        key.map(5).integer(1).integer(2).integer(3).integer(-7).integer(-1).integer(1);
        return key.integer(-2)
            .blob(number(OSSL_PKEY_PARAM_EC_PUB_X, 32))
            .integer(-3)
            .blob(number(OSSL_PKEY_PARAM_EC_PUB_Y, 32))
            .bytes;
    }

    [[nodiscard]] Bytes sign(ByteView data, const Sha256& client_hash) const {
        Bytes message(data.begin(), data.end());
        message.insert(message.end(), client_hash.begin(), client_hash.end());
        EVP_MD_CTX* const context = EVP_MD_CTX_new();
        EVP_DigestSignInit(context, nullptr, kind_ == Kind::eddsa ? nullptr : EVP_sha256(), nullptr,
                           key_.get());
        std::size_t size = 512;
        Bytes signature(size);
        EVP_DigestSign(context, signature.data(), &size, message.data(), message.size());
        EVP_MD_CTX_free(context);
        signature.resize(size);
        return signature;
    }

    Bytes credential;
    std::uint32_t count = 0;

 private:
    [[nodiscard]] Bytes number(const char* name, std::size_t size = 0) const {
        BIGNUM* value = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &value);
        Bytes bytes(size != 0 ? size : static_cast<std::size_t>(BN_num_bytes(value)));
        BN_bn2binpad(value, bytes.data(), static_cast<int>(bytes.size()));
        BN_free(value);
        return bytes;
    }

    Kind kind_;
    KeyHandle key_;

 public:
    std::string rp_id;
};

}  // namespace provost::contract
