// Passkeys made with OpenSSL, and each thing that makes one none.
#include "crypto/webauthn.h"

#include "crypto/cbor.h"
#include "crypto/cose_key.h"
#include "tests/contract/soft_authenticator.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using contract::CborWriter;
using contract::SoftAuthenticator;
using Kind = SoftAuthenticator::Kind;

const PasskeyExpectation expected{"admin.example.net", "https://admin.example.net:8443", "Y2hhbGxlbmdl"};

class Passkeys : public testing::TestWithParam<Kind> {
 protected:
    [[nodiscard]] ClientData create(std::string_view challenge = expected.challenge) const {
        return SoftAuthenticator::client("webauthn.create", challenge, expected.origin);
    }
    [[nodiscard]] ClientData get(std::string_view challenge = expected.challenge) const {
        return SoftAuthenticator::client("webauthn.get", challenge, expected.origin);
    }
    Result<std::uint32_t> log_in(const ClientData& client, std::uint8_t flags = 0x05,
                                 std::uint32_t known = 0) {
        const auto data = key.authenticator_data(flags);
        const auto signature = key.sign(data, client.hash);
        const auto cose = key.cose_key();
        return verify_assertion(expected, client, {data, signature}, {cose, known});
    }
    SoftAuthenticator key{GetParam()};
};

INSTANTIATE_TEST_SUITE_P(All, Passkeys, testing::Values(Kind::es256, Kind::eddsa, Kind::rs256));

TEST_P(Passkeys, R_F2_RegisterAndLogIn) {
    const auto made =
        verify_registration(expected, create(), SoftAuthenticator::attestation(key.registration_data()));
    ASSERT_TRUE(made) << made.error().text();
    EXPECT_EQ(made->credential, key.credential);
    EXPECT_EQ(made->key, key.cose_key());
    EXPECT_TRUE(log_in(get()));
    key.count = 7;
    EXPECT_EQ(log_in(get(), 0x05, 6).value(), 7U);
}

TEST_P(Passkeys, R_F2_WhatDoesNotFitIsRefused) {
    EXPECT_FALSE(log_in(get("b3RoZXI"))) << "another challenge";
    EXPECT_FALSE(log_in(create())) << "another purpose";
    EXPECT_FALSE(
        log_in(SoftAuthenticator::client("webauthn.get", expected.challenge, "https://evil.example")));
    EXPECT_FALSE(log_in(get(), 0x01)) << "nobody was verified";
    EXPECT_FALSE(log_in(get(), 0x04)) << "nobody was present";
    auto framed = get();
    framed.cross_origin = true;
    EXPECT_FALSE(log_in(framed));
    key.rp_id = "evil.example";
    EXPECT_FALSE(log_in(get())) << "another server's";
}

TEST_P(Passkeys, R_F2_AnyFlippedBitIsRefused) {
    const auto client = get();
    const auto cose = key.cose_key();
    const auto data = key.authenticator_data(0x05);
    const auto signature = key.sign(data, client.hash);
    for (std::size_t i = 0; i < data.size(); ++i) {
        auto other = data;
        other[i] ^= 1;
        EXPECT_FALSE(verify_assertion(expected, client, {other, signature}, {cose, 0})) << i;
    }
    for (std::size_t i = 0; i < signature.size(); ++i) {
        auto other = signature;
        other[i] ^= 1;
        EXPECT_FALSE(verify_assertion(expected, client, {data, other}, {cose, 0})) << i;
    }
    auto longer = signature;
    longer.push_back(0);
    EXPECT_FALSE(verify_assertion(expected, client, {data, longer}, {cose, 0}));
}

TEST_P(Passkeys, R_F2_ACounterThatGoesBackIsACopy) {
    key.count = 7;
    for (const std::uint32_t known : {7U, 8U}) {
        const auto done = log_in(get(), 0x05, known);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, "P-8619");
    }
    key.count = 0;
    EXPECT_EQ(log_in(get(), 0x05, 3).error().code, "P-8619");
}

TEST_P(Passkeys, R_F2_RegistrationInAnyOtherShapeIsRefused) {
    const auto whole = SoftAuthenticator::attestation(key.registration_data());
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_FALSE(verify_registration(expected, create(), ByteView(whole).first(size))) << size;
    auto longer = whole;
    longer.push_back(0);
    EXPECT_FALSE(verify_registration(expected, create(), longer));
    auto trailing = key.registration_data();
    trailing.push_back(0);
    EXPECT_FALSE(verify_registration(expected, create(), SoftAuthenticator::attestation(trailing)));
    EXPECT_FALSE(
        verify_registration(expected, create(), SoftAuthenticator::attestation(key.registration_data(0x41))))
        << "not verified";
    EXPECT_FALSE(
        verify_registration(expected, create(), SoftAuthenticator::attestation(key.authenticator_data(0x05))))
        << "no credential";
    EXPECT_FALSE(verify_registration(expected, get(), whole)) << "another purpose";
    auto extended = key.registration_data(0xc5);
    const auto extensions = CborWriter().map(1).text("credProtect").integer(2).bytes;
    extended.insert(extended.end(), extensions.begin(), extensions.end());
    EXPECT_TRUE(verify_registration(expected, create(), SoftAuthenticator::attestation(extended)));
}

TEST(CoseKey, R_F2_WeakAndOddKeysAreRefused) {
    ByteView rest;
    const auto point = CborWriter()
                           .map(5)
                           .integer(1)
                           .integer(2)
                           .integer(3)
                           .integer(-7)
                           .integer(-1)
                           .integer(1)
                           .integer(-2)
                           .blob(Bytes(32, 1))
                           .integer(-3)
                           .blob(Bytes(32, 2))
                           .bytes;
    EXPECT_FALSE(CoseKey::read(point, rest)) << "not on the curve";
    const auto rsa_of = [](const Bytes& modulus) {
        return CborWriter()
            .map(4)
            .integer(1)
            .integer(3)
            .integer(3)
            .integer(-257)
            .integer(-1)
            .blob(modulus)
            .integer(-2)
            .blob(Bytes{1, 0, 1})
            .bytes;
    };
    EXPECT_FALSE(CoseKey::read(rsa_of(Bytes(128, 0xff)), rest)) << "RSA of 1024 bits";
    EXPECT_FALSE(CoseKey::read(rsa_of(Bytes(256, 0xff)), rest)) << "three divides its modulus";
    const auto none = CborWriter()
                          .map(4)
                          .integer(1)
                          .integer(1)
                          .integer(3)
                          .integer(-8)
                          .integer(-1)
                          .integer(6)
                          .integer(-1)
                          .blob(Bytes(32, 9))
                          .bytes;
    EXPECT_FALSE(CoseKey::read(none, rest)) << "a label twice";
    const auto hmac =
        CborWriter().map(3).integer(1).integer(4).integer(3).integer(5).integer(-1).blob(Bytes(32, 9)).bytes;
    EXPECT_FALSE(CoseKey::read(hmac, rest)) << "a symmetric key";
}

TEST(Cbor, R_F2_OneSpellingAlone) {
    const auto refused = [](std::initializer_list<std::uint8_t> list) {
        const Bytes bytes(list);
        CborReader reader(bytes);
        return !(reader.skip() && reader.ended());
    };
    EXPECT_FALSE(refused({0x17}));
    EXPECT_FALSE(refused({0x18, 0x18}));
    EXPECT_FALSE(refused({0xa1, 0x01, 0x82, 0xf4, 0xf6}));
    EXPECT_TRUE(refused({0x18, 0x17})) << "longer than it needs";
    EXPECT_TRUE(refused({0x19, 0x00, 0xff}));
    EXPECT_TRUE(refused({0x1a, 0x00, 0x00, 0xff, 0xff}));
    EXPECT_TRUE(refused({0x1b, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff}));
    EXPECT_TRUE(refused({0x5f, 0x41, 0x00, 0xff})) << "no definite length";
    EXPECT_TRUE(refused({0xc0, 0x00})) << "a tag";
    EXPECT_TRUE(refused({0xf9, 0x00, 0x00})) << "floating point";
    EXPECT_TRUE(refused({0xf7})) << "undefined";
    EXPECT_TRUE(refused({0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})) << "longer than all memory";
    EXPECT_TRUE(refused({0x81, 0x81, 0x81, 0x81, 0x81, 0x00})) << "too deep";
    EXPECT_TRUE(refused({0x00, 0x00})) << "two values";
    EXPECT_TRUE(refused({}));
}

}  // namespace
}  // namespace provost
