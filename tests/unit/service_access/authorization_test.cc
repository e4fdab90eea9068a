// The Authorization header, read strictly: strangers write it.
#include "service/authorization.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

const std::string response(64, 'a');
const std::string whole =
    "Digest username=\"Mufasa\", realm=\"provisioning\", uri=\"/x.cfg\", algorithm=SHA-256, "
    "nonce=\"n0nce\", nc=00000001, cnonce=\"c\", qop=auth, response=\"" +
    response + "\"";

std::string with(std::string text, const std::string& from, const std::string& to) {
    const auto at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return text.replace(at, from.size(), to);
}

bool taken(const std::string& header) {
    return parse_authorization(header).has_value();
}

TEST(Authorization, R_A7_ReadsDigest) {
    const auto login = std::get<DigestLogin>(*parse_authorization(whole));
    EXPECT_EQ(login.user, "Mufasa");
    EXPECT_EQ(login.realm, "provisioning");
    EXPECT_EQ(login.uri, "/x.cfg");
    EXPECT_EQ(login.nonce, "n0nce");
    EXPECT_EQ(login.client_nonce, "c");
    EXPECT_EQ(login.count, "00000001");
    EXPECT_EQ(login.count_number, 1u);
    EXPECT_EQ(login.algorithm, DigestAlgorithm::sha256);
    EXPECT_EQ(login.response, response);
}

// RFC 7616 section 3.9.1, as its client sends it, folded lines joined.
TEST(Authorization, R_A7_ReadsTheExampleOfRfc7616) {
    const auto login = std::get<DigestLogin>(
        *parse_authorization("Digest username=\"Mufasa\", realm=\"http-auth@example.org\", "
                             "uri=\"/dir/index.html\", algorithm=MD5, "
                             "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
                             "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, "
                             "response=\"8ca523f5e9506fed4657c9700eebdbec\", "
                             "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\""));
    EXPECT_EQ(login.algorithm, DigestAlgorithm::md5);
    EXPECT_EQ(login.response, "8ca523f5e9506fed4657c9700eebdbec");
}

TEST(Authorization, R_A7_TakesWhatClientsWriteDifferently) {
    EXPECT_TRUE(taken(with(whole, "Digest username", "dIGEST   Username")));
    EXPECT_TRUE(taken(with(whole, "qop=auth", "qop=\"auth\"")));
    EXPECT_TRUE(taken(with(whole, "nc=00000001", "NC = \"000000aF\"")));
    EXPECT_TRUE(taken(with(whole, "qop=auth", "qop=auth, userhash=false, extension=\"x\"")));
    EXPECT_EQ(std::get<DigestLogin>(*parse_authorization(with(whole, "Mufasa", "M\\\"u"))).user, "M\"u");
    const auto upper = with(whole, response, std::string(64, 'A'));
    EXPECT_EQ(std::get<DigestLogin>(*parse_authorization(upper)).response, response);
    const auto old = with(with(whole, "algorithm=SHA-256, ", ""), response, std::string(32, 'a'));
    EXPECT_EQ(std::get<DigestLogin>(*parse_authorization(old)).algorithm, DigestAlgorithm::md5);
}

TEST(Authorization, R_A7_RefusesWhatIsNotWholeOrNotOurs) {
    for (const auto* const part : {"username=\"Mufasa\", ", "realm=\"provisioning\", ", "uri=\"/x.cfg\", ",
                                   "nonce=\"n0nce\", ", "nc=00000001, ", "cnonce=\"c\", ", "qop=auth, "})
        EXPECT_FALSE(taken(with(whole, part, ""))) << part;
    const std::pair<const char*, const char*> bends[] = {
        {"nc=00000001", "nc=0000001"},
        {"nc=00000001", "nc=00000000"},
        {"nc=00000001", "nc=0000000g"},
        {"nc=00000001", "nc=00000001, nc=00000001"},
        {"qop=auth", "qop=auth-int"},
        {"qop=auth", "qop=auth, username=\"Simba\""},
        {"qop=auth", "qop=auth, userhash=true"},
        {"qop=auth", "qop=auth,"},
        {"qop=auth", "qop=auth opaque=x"},
        {"qop=auth", "qop="},
        {"algorithm=SHA-256", "algorithm=MD5"},
        {"algorithm=SHA-256", "algorithm=SHA-256-sess"},
        {"algorithm=SHA-256", "algorithm=SHA-512-256"},
        {"username=\"Mufasa\"", "username*=UTF-8''Mufasa"},
        {"username=\"Mufasa\"", "username=\"\""},
        {"username=\"Mufasa\"", "username=\"Muf\x01sa\""},
        {"username=\"Mufasa\"", "username=\"Mufas\xc3\xa4\""},
        {"cnonce=\"c\"", "cnonce=\"\""},
        {"cnonce=\"c\"", "cnonce=\"c"},
        {"Digest ", "Digest"},
        {"Digest ", "Digest, "},
        {"Digest ", "Bearer "}};
    for (const auto& [from, to] : bends) EXPECT_FALSE(taken(with(whole, from, to))) << from << " -> " << to;
    EXPECT_FALSE(taken(with(whole, response, response.substr(1))));
    EXPECT_FALSE(taken(with(whole, response, "g" + response.substr(1))));
    EXPECT_FALSE(taken(with(whole, "Mufasa", std::string(longest_authorization, 'x'))));
    EXPECT_FALSE(taken(whole + "\""));
    EXPECT_FALSE(taken(""));
    EXPECT_FALSE(taken("Digest"));
    EXPECT_FALSE(taken("Digest "));
}

TEST(Authorization, R_A7_ReadsBasic) {
    // RFC 7617 section 2.
    const auto login = parse_authorization("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    ASSERT_TRUE(login);
    EXPECT_EQ(std::get<BasicLogin>(*login).user, "Aladdin");
    EXPECT_TRUE(std::get<BasicLogin>(*login).password.same_as(Secret::copy_of("open sesame")));
    EXPECT_TRUE(taken("basic  QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    const auto colons = parse_authorization("Basic YTo6Yjo=");
    EXPECT_TRUE(std::get<BasicLogin>(*colons).password.same_as(Secret::copy_of(":b:")));
    for (const auto* const wrong :
         {"Basic", "Basic ", "Basic QWxhZGRpbg==", "Basic OnBhc3N3b3Jk",
          "Basic YTo=", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ",
          "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ== ", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==,", "Basic AWE6Yg=="})
        EXPECT_FALSE(taken(wrong)) << wrong;
}

std::string quoted(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) out += (c == '"' || c == '\\' ? "\\" : "") + std::string(1, c);
    return out + "\"";
}

RC_GTEST_PROP(AuthorizationProperties, R_A7_WhatIsQuotedReadsBack, ()) {
    const auto text = rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '\x7f')));
    const std::string user = *text, nonce = *text;
    RC_PRE(user.size() + nonce.size() < 300);
    const auto header = "Digest username=" + quoted(user) + ", realm=r, uri=\"/\", nonce=" + quoted(nonce) +
                        ", nc=00000002, cnonce=c, qop=auth, response=" + std::string(32, '0');
    const auto login = parse_authorization(header);
    RC_ASSERT(login.has_value());
    RC_ASSERT(std::get<DigestLogin>(*login).user == user);
    RC_ASSERT(std::get<DigestLogin>(*login).nonce == nonce);
}

// No byte changed, added or cut makes a login that was not there, but one whose every part is in the header.
RC_GTEST_PROP(AuthorizationProperties, R_A7_BentHeadersNeverGiveMoreThanTheyHold, ()) {
    std::string header = whole;
    const int bends = *rc::gen::inRange(1, 6);
    for (int i = 0; i < bends; ++i) {
        const auto at = *rc::gen::inRange<std::size_t>(0, header.size());
        const auto byte = *rc::gen::arbitrary<char>();
        if (*rc::gen::arbitrary<bool>())
            header[at] = byte;
        else
            header.erase(at, 1);
    }
    const auto login = parse_authorization(header);
    if (!login) return;
    const auto& digest = std::get<DigestLogin>(*login);
    RC_ASSERT(!digest.user.empty() && digest.user.size() < header.size());
    RC_ASSERT(digest.response.size() == 32 || digest.response.size() == 64);
    RC_ASSERT(digest.count_number != 0);
}

}  // namespace
}  // namespace provost
