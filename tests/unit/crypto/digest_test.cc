#include "crypto/digest.h"

#include <array>

#include <gtest/gtest.h>
#include <openssl/evp.h>

namespace provost {
namespace {

std::string md5_hex(const std::string& text) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), out.data(), &size, EVP_md5(), nullptr);
    return to_hex(ByteView(out.data(), size));
}

std::string sha256_hex(const std::string& text) {
    return to_hex(sha256(text));
}

TEST(Digest, Sha256OfNistVectors) {
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 2617 section 3.5.
TEST(Digest, R_B5_AnswersTheChallengeOfRfc2617) {
    const auto ha1 = ha1_md5("Mufasa", "testrealm@host.com", Secret::copy_of("Circle Of Life"));
    EXPECT_EQ(ha1, "939e7578ed9e3c518a452acee763bce9");
    EXPECT_EQ(md5_hex(ha1 + ":dcd98b7102dd2f0e8b11d0f600bfb0c093:00000001:0a4f113b:auth:" +
                      md5_hex("GET:/dir/index.html")),
              "6629fae49393a05397450978507c4ef1");
}

// RFC 7616 section 3.9.1: the same request answered with both algorithms.
TEST(Digest, R_B5_AnswersTheChallengesOfRfc7616) {
    const std::string challenge =
        ":7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v:00000001:f2/wE4q74E6zIJEtWaHKaf5wv/"
        "H5QzzpXusqGemxURZJ:auth:";
    const auto password = Secret::copy_of("Circle of Life");
    EXPECT_EQ(md5_hex(ha1_md5("Mufasa", "http-auth@example.org", password) + challenge +
                      md5_hex("GET:/dir/index.html")),
              "8ca523f5e9506fed4657c9700eebdbec");
    EXPECT_EQ(sha256_hex(ha1_sha256("Mufasa", "http-auth@example.org", password) + challenge +
                         sha256_hex("GET:/dir/index.html")),
              "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

// The same, as a server computes it from the HA1 that it keeps.
TEST(Digest, R_A7_VerifiesTheExamplesOfRfc7616) {
    DigestQuestion question;
    question.method = "GET";
    question.uri = "/dir/index.html";
    question.nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
    question.count = "00000001";
    question.client_nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    const auto password = Secret::copy_of("Circle of Life");
    const auto md5 = Secret::copy_of(ha1_md5("Mufasa", "http-auth@example.org", password));
    const auto sha = Secret::copy_of(ha1_sha256("Mufasa", "http-auth@example.org", password));
    question.algorithm = DigestAlgorithm::md5;
    EXPECT_EQ(digest_response(question, md5), "8ca523f5e9506fed4657c9700eebdbec");
    question.algorithm = DigestAlgorithm::sha256;
    EXPECT_EQ(digest_response(question, sha),
              "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    question.method = "HEAD";
    EXPECT_NE(digest_response(question, sha),
              "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
}

TEST(Digest, ComparesWholeTexts) {
    EXPECT_TRUE(same_bytes("", ""));
    EXPECT_TRUE(same_bytes("abc", "abc"));
    EXPECT_FALSE(same_bytes("abc", "abd"));
    EXPECT_FALSE(same_bytes("abc", "ab"));
    EXPECT_EQ(sha256(Secret::copy_of("abc")), sha256("abc"));
}

TEST(Digest, EmptyPartsKeepTheirColons) {
    EXPECT_EQ(ha1_sha256("", "", Secret()), sha256_hex("::"));
    EXPECT_EQ(ha1_md5("", "", Secret()), md5_hex("::"));
}

}  // namespace
}  // namespace provost
