// Basic and Digest from the phone's side, against the examples of RFC 7616 and RFC 7617.
#include "sim/http_auth.h"

#include <array>

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

using enum LoginScheme;

// RFC 7616, 3.9.1: the challenge, with the nonce and opaque of the example.
constexpr const char* rfc_challenge =
    "server: x\n"
    "www-authenticate: Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, "
    "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
    "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"\n"
    "www-authenticate: Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=MD5, "
    "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
    "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"\n";
constexpr const char* rfc_cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
const Login rfc_login{"Mufasa", "Circle of Life"};
constexpr AskedFor rfc_request{"GET", "/dir/index.html"};

TEST(HttpAuth, R_A7_DigestsAreThoseOfRfc7616) {
    const auto offered = read_challenges(rfc_challenge);
    ASSERT_EQ(offered.size(), 2U);
    EXPECT_EQ(
        authorize(offered[0], rfc_login, rfc_request, rfc_cnonce),
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", uri=\"/dir/index.html\", "
        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", algorithm=SHA-256, "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, nc=00000001, "
        "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\"");
    const std::string md5 = authorize(offered[1], rfc_login, rfc_request, rfc_cnonce);
    EXPECT_NE(md5.find("response=\"8ca523f5e9506fed4657c9700eebdbec\", algorithm=MD5"), md5.npos) << md5;
}

// RFC 2069's form, as old servers ask for it; the example is that of RFC 2617 without qop.
TEST(HttpAuth, R_A7_WithoutQopTheOldDigest) {
    const auto offered = read_challenges(
        "www-authenticate: Digest realm=\"testrealm@host.com\", "
        "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"\n");
    ASSERT_EQ(offered.size(), 1U);
    const std::string value = authorize(offered[0], {"Mufasa", "Circle Of Life"}, rfc_request, "unused");
    EXPECT_NE(value.find("response=\"670fd8c2df070c60b045671b8b24ff02\""), value.npos) << value;
    for (const char* const absent : {"qop", "cnonce", "opaque", "algorithm"})
        EXPECT_EQ(value.find(absent), value.npos) << absent;
}

TEST(HttpAuth, R_A7_BasicIsThatOfRfc7617) {
    const auto offered = read_challenges("www-authenticate: Basic realm=\"WallyWorld\"\n");
    ASSERT_EQ(offered.size(), 1U);
    EXPECT_EQ(authorize(offered[0], {"Aladdin", "open sesame"}, rfc_request, ""),
              "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
}

TEST(HttpAuth, R_A7_SeveralChallengesOnOneLine) {
    const auto offered = read_challenges(
        "www-authenticate: Digest realm=\"a, \\\"b\\\"\", qop=\"auth\", nonce=\"n\", algorithm=md5, "
        "Basic realm=\"c\", charset=\"UTF-8\"\n");
    ASSERT_EQ(offered.size(), 2U);
    EXPECT_EQ(offered[0].scheme, digest_md5);
    EXPECT_EQ(offered[0].realm, "a, \"b\"");
    EXPECT_EQ(offered[1].scheme, basic);
    EXPECT_EQ(offered[1].realm, "c");
    const std::string value = authorize(offered[0], {"u\"ser", "p"}, rfc_request, "c");
    EXPECT_NE(value.find("username=\"u\\\"ser\", realm=\"a, \\\"b\\\"\""), value.npos) << value;
}

TEST(HttpAuth, R_A7_WhatThePhoneDoesNotSpeakIsLeftOut) {
    EXPECT_TRUE(read_challenges("www-authenticate: Bearer realm=\"x\"\n"
                                "www-authenticate: Digest realm=\"x\", nonce=\"n\", algorithm=SHA-512-256\n"
                                "www-authenticate: Digest realm=\"x\", nonce=\"n\", qop=\"auth-int\"\n"
                                "www-authenticate: Digest realm=\"no nonce\"\n")
                    .empty());
    for (const char* const broken :
         {"", "www-authenticate: \n", "www-authenticate: =\n", "www-authenticate: \"x\n",
          "www-authenticate: realm=\"x\"\n", "other: Basic realm=\"x\"\n"})
        EXPECT_TRUE(read_challenges(broken).empty()) << broken;
}

TEST(HttpAuth, R_A7_APhoneTakesWhatItPrefersOfWhatIsOffered) {
    const auto offered =
        read_challenges(std::string(rfc_challenge) + "www-authenticate: Basic realm=\"x\"\n");
    ASSERT_EQ(offered.size(), 3U);
    const auto chosen = [&](std::vector<LoginScheme> preferred) { return choose(offered, preferred); };
    EXPECT_EQ(chosen({digest_sha256, digest_md5})->scheme, digest_sha256);
    EXPECT_EQ(chosen({digest_md5, basic})->scheme, digest_md5);
    EXPECT_EQ(chosen({basic})->scheme, basic);
    EXPECT_EQ(chosen({}), nullptr);
    EXPECT_EQ(choose({}, std::array{basic}), nullptr);
}

TEST(HttpAuth, R_A7_EveryAnswerHasAClientNonceOfItsOwn) {
    EXPECT_NE(make_cnonce(), make_cnonce());
    EXPECT_EQ(make_cnonce().size(), 32U);
}

}  // namespace

}  // namespace provost::sim::testing
