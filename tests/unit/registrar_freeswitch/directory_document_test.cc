// What FreeSWITCH asks and how it is answered (R-F4).
#include "registrar/freeswitch/directory_document.h"

#include <gtest/gtest.h>

namespace provost::registrar {
namespace {

// As mod_xml_curl posts it at a REGISTER, shortened.
constexpr const char* asked =
    "hostname=fs1&section=directory&tag_name=domain&key_name=name&key_value=sip.example.net"
    "&Event-Name=REQUEST_PARAMS&action=sip_auth&sip_profile=internal&sip_user_agent=Acme%2F1.0"
    "&sip_auth_username=u%2B1&sip_auth_realm=sip.example.net&user=u%2B1&domain=sip.example.net&ip=192.0.2.7";

TEST(DirectoryQuestion, R_F4_IsReadFromTheForm) {
    const auto question = read_question(asked);
    ASSERT_TRUE(question);
    EXPECT_EQ(question->user, "u+1");
    EXPECT_EQ(question->domain, "sip.example.net");
    EXPECT_EQ(read_question("section=directory&user=a+b&domain=x")->user, "a b");
    EXPECT_EQ(read_question("section=directory&user=u1&domain=x&user=u1")->user, "u1") << "said twice";
}

TEST(DirectoryQuestion, R_F4_WhatIsNoneIsNotAnswered) {
    for (const char* const form :
         {"", "&&&", "=", "section=dialplan&user=u1&domain=d", "section=directory&domain=d",
          "section=directory&user=u1", "section=directory&user=&domain=d",
          "section=directory&user=u1&domain=%", "section=directory&user=u1&domain=%4",
          "section=directory&user=u%00&domain=d", "section=directory&user=u1%0a&domain=d",
          "section=directory&user=u1&user=u2&domain=d", "section=directory&user=u1&domain=d&section=dialplan",
          "section=configuration&tag_name=user"})
        EXPECT_FALSE(read_question(form)) << form;
    EXPECT_FALSE(read_question("section=directory&domain=d&user=" + std::string(129, 'u')));
    std::string many = "section=directory&user=u1&domain=d";
    for (int i = 0; i < 600; ++i) many += "&x=y";
    EXPECT_FALSE(read_question(many));
}

// What mod_sofia adds for a phone that answered its challenge.
const std::string login_of_a_phone =
    "&sip_auth_method=REGISTER&sip_auth_uri=sip%3Asip.example.net&sip_auth_nonce=2f3d-0f6e&sip_auth_qop=auth"
    "&sip_auth_nc=00000001&sip_auth_cnonce=0a4f%2B11&sip_auth_response=091126f74d9b29f7d4514a4f66f24bdd";

TEST(DirectoryQuestion, R_B1_HasWhatThePhoneAnswered) {
    const auto question = read_question(asked + login_of_a_phone);
    ASSERT_TRUE(question && question->login);
    EXPECT_EQ(question->login->method, "REGISTER");
    EXPECT_EQ(question->login->uri, "sip:sip.example.net");
    EXPECT_EQ(question->login->nonce, "2f3d-0f6e");
    EXPECT_EQ(question->login->qop, "auth");
    EXPECT_EQ(question->login->count, "00000001");
    EXPECT_EQ(question->login->client_nonce, "0a4f+11");
    EXPECT_EQ(question->login->response, "091126f74d9b29f7d4514a4f66f24bdd");
    const auto without_qop = read_question(asked + std::string("&sip_auth_response=00"));
    ASSERT_TRUE(without_qop && without_qop->login);
    EXPECT_EQ(without_qop->login->qop, "");
}

TEST(DirectoryQuestion, R_B1_AnOddLoginIsNoneAndTheUserIsFoundAllTheSame) {
    const std::string user = "section=directory&user=u1&domain=d";
    for (const auto& form :
         {user, user + "&action=sip_auth", user + login_of_a_phone,
          user + "&action=message-count" + login_of_a_phone,
          user + "&action=sip_auth&action=other" + login_of_a_phone,
          user + "&action=sip_auth&sip_auth_nonce=other" + login_of_a_phone,
          user + "&action=sip_auth&sip_auth_opaque=%&sip_auth_response=00%00",
          user + "&action=sip_auth&sip_auth_response=00&sip_auth_uri=" + std::string(513, 'u'),
          user + "&action=sip_auth&sip_auth_response=00&sip_auth_cnonce=%C3",
          user + "&action=sip_auth&sip_auth_response="}) {
        const auto question = read_question(form);
        ASSERT_TRUE(question) << form;
        EXPECT_EQ(question->user, "u1") << form;
        EXPECT_FALSE(question->login) << form;
    }
}

TEST(DirectoryDocument, R_F4_R_B5_AUserHasItsDigestAndCanNeverBeOpen) {
    OutputBuffer document;
    write_user({"u1", "sip.example.net", {}}, "0123456789abcdef0123456789abcdef", document);
    const auto text = document.view();
    EXPECT_NE(text.find("<user id=\"u1\">"), std::string_view::npos);
    EXPECT_NE(text.find("<param name=\"a1-hash\" value=\"0123456789abcdef0123456789abcdef\"/>"),
              std::string_view::npos);
    EXPECT_NE(text.find("<param name=\"allow-empty-password\" value=\"false\"/>"), std::string_view::npos);
    EXPECT_EQ(text.find("name=\"password\""), std::string_view::npos);
}

TEST(DirectoryDocument, R_F4_NoTextEndsItsPlace) {
    OutputBuffer document;
    write_user({"\"/><user id=\"x", "a&b<c>", {}}, "ha1", document);
    const auto text = document.view();
    EXPECT_EQ(text.find("<user id=\"x"), std::string_view::npos);
    EXPECT_NE(text.find("a&amp;b&lt;c&gt;"), std::string_view::npos);
}

TEST(DirectoryDocument, R_F4_NotFoundHasTheFormThatFreeswitchKnows) {
    OutputBuffer document;
    write_not_found(document);
    EXPECT_NE(document.view().find("<section name=\"result\">\n    <result status=\"not found\"/>"),
              std::string_view::npos);
}

}  // namespace
}  // namespace provost::registrar
