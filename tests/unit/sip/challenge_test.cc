#include "sip/challenge.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

SipResponse refused(const std::vector<std::string>& values, const std::string& name = "WWW-Authenticate") {
    SipResponse response;
    response.status = 401;
    for (const auto& value : values) response.headers.push_back({name, value});
    return response;
}

SipLogin with_password(const char* user, const char* password) {
    SipLogin login;
    login.user = user;
    login.password = Secret::copy_of(password);
    return login;
}

std::string parameter(const SipHeader& header, const std::string& name) {
    auto at = header.value.find(name + "=");
    if (at == std::string::npos) return "";
    at += name.size() + 1;
    const bool quoted = header.value[at] == '"';
    const auto begin = quoted ? at + 1 : at;
    return header.value.substr(begin, header.value.find(quoted ? '"' : ',', begin) - begin);
}

// RFC 7616 section 3.9.1 and RFC 2617 section 3.5; a SIP client reckons the same.
TEST(SipChallenge, R_F3_answers_as_the_standard_s_examples_do) {
    const std::string rest =
        R"(realm="http-auth@example.org", qop="auth, auth-int", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS")";
    const auto login = with_password("Mufasa", "Circle of Life");
    const auto found =
        challenges_of(refused({"Digest " + rest + ", algorithm=MD5", "Digest algorithm=SHA-256, " + rest}));
    ASSERT_EQ(found.size(), 2U);
    const auto* const chosen = strongest(found, login);
    ASSERT_NE(chosen, nullptr);
    EXPECT_EQ(chosen->algorithm, DigestAlgorithm::sha256);
    const auto nonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";
    const auto strong = answer_to(*chosen, login, "GET", "/dir/index.html", 1, nonce);
    EXPECT_EQ(parameter(strong, "response"),
              "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    EXPECT_EQ(parameter(strong, "nc"), "00000001");
    const auto weak = answer_to(found[0], login, "GET", "/dir/index.html", 1, nonce);
    EXPECT_EQ(parameter(weak, "response"), "8ca523f5e9506fed4657c9700eebdbec");
    EXPECT_EQ(weak.name, "Authorization");
}

TEST(SipChallenge, Without_qop_it_answers_as_RFC_2069) {
    const auto found = challenges_of(refused({R"(Digest realm="r", nonce="n")"}, "Proxy-Authenticate"));
    ASSERT_EQ(found.size(), 1U);
    SipLogin login;
    login.user = "u";
    login.realm = "r";
    login.ha1_md5 = Secret::copy_of("0123456789abcdef0123456789abcdef");
    ASSERT_NE(strongest(found, login), nullptr);
    const auto header = answer_to(found[0], login, "NOTIFY", "sip:a@h", 1, "c");
    EXPECT_EQ(header.name, "Proxy-Authorization");
    // MD5 of "0123456789abcdef0123456789abcdef:n:" and MD5 of "NOTIFY:sip:a@h"
    EXPECT_EQ(parameter(header, "response").size(), 32U);
    EXPECT_EQ(header.value.find("qop"), std::string::npos);
    EXPECT_EQ(header.value.find("cnonce"), std::string::npos);
    EXPECT_EQ(header.value.find("0123456789abcdef0123456789abcdef"), std::string::npos) << "the hash itself";
}

TEST(SipChallenge, A_hash_is_good_for_its_realm_and_algorithm_alone) {
    SipLogin login;
    login.user = "u";
    login.realm = "r";
    login.ha1_md5 = Secret::copy_of("0123456789abcdef0123456789abcdef");
    const auto can = [&](const char* text) {
        return strongest(challenges_of(refused({text})), login) != nullptr;
    };
    EXPECT_TRUE(can(R"(Digest realm="r", nonce="n", algorithm=md5)"));
    EXPECT_FALSE(can(R"(Digest realm="other", nonce="n")"));
    EXPECT_FALSE(can(R"(Digest realm="r", nonce="n", algorithm=SHA-256)"));
    EXPECT_FALSE(can(R"(Digest realm="r", nonce="n", algorithm=MD5-sess)"));
    EXPECT_FALSE(can(R"(Digest realm="r", nonce="n", qop="auth-int")"));
}

TEST(SipChallenge, What_does_not_follow_the_grammar_is_no_challenge) {
    for (const char* const text :
         {"Digest", "Basic realm=\"r\"", "Digest realm=\"r\"", "Digest nonce=\"n\"",
          "Digest realm=\"r\", nonce=\"n", "Digest realm=\"r\", nonce=\"n\", realm=\"s\"",
          "Digest realm=\"r\" nonce=\"n\"", "Digest realm=\"r\", nonce=\"n\","})
        EXPECT_TRUE(challenges_of(refused({text})).empty()) << text;
    EXPECT_TRUE(challenges_of(refused({R"(Digest realm="r", nonce="n", stale=TRUE)"})).at(0).stale);
}

TEST(SipChallenge, A_quote_in_what_a_peer_sent_does_not_end_the_answer_s_own) {
    const auto found = challenges_of(refused({R"(Digest realm="a\", evil=\"x", nonce="n")"}));
    ASSERT_EQ(found.size(), 1U);
    const auto header = answer_to(found[0], with_password("u", "p"), "NOTIFY", "sip:a@h", 1, "c");
    EXPECT_NE(header.value.find(R"(realm="a\", evil=\"x")"), std::string::npos);
}

}  // namespace
}  // namespace provost
