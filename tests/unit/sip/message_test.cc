#include "sip/message.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

const std::string whole =
    "SIP/2.0 489 Bad Event\r\nv: SIP/2.0/UDP 192.0.2.1:40000;branch=z9hG4bK1;rport=1\r\n"
    "To:  <sip:a@h;tag=no>;tag=yes \r\nWARNING: 399 h \"folded\r\n \ttext\"\r\nContent-Length: "
    "3\r\n\r\nabcdef";

TEST(SipMessage, R_F3_reads_a_response) {
    const auto response = parse_sip_response(whole);
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 489);
    EXPECT_EQ(response->reason, "Bad Event");
    EXPECT_EQ(sip_parameter(response->header("via"), "BRANCH"), "z9hG4bK1");
    EXPECT_EQ(sip_parameter(response->header("To"), "tag"), "yes");
    EXPECT_EQ(response->header("Warning"), "399 h \"folded text\"");
    EXPECT_EQ(response->body, "abc");
    EXPECT_EQ(response->header("Contact"), "");
}

TEST(SipMessage, A_folded_value_has_no_blanks_around_it) {
    const auto response =
        parse_sip_response("SIP/2.0 200 OK\r\nA:\r\n b\r\nD: d\r\n \t\r\nl: 0\r\n \r\n\r\n");
    ASSERT_TRUE(response);
    EXPECT_EQ(response->header("A"), "b");
    EXPECT_EQ(response->header("D"), "d");
    EXPECT_EQ(response->header("Content-Length"), "0");
}

TEST(SipMessage, Refuses_what_does_not_follow_the_grammar) {
    for (const std::string text :
         {"", "SIP/2.0 200 OK\r\n", "SIP/2.0 200 OK\n\n", "SIP/2.0 99 OK\r\n\r\n", "SIP/2.0 700 OK\r\n\r\n",
          "SIP/2.0 2000 OK\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "SIP/2.0 200 OK\r\nno colon\r\n\r\n",
          "SIP/2.0 200 OK\r\n: empty\r\n\r\n", "SIP/2.0 200 OK\r\n folded: nothing\r\n\r\n",
          "SIP/2.0 200 OK\r\nContent-Length: 5\r\n\r\nabc", "SIP/2.0 200 OK\r\nContent-Length: -1\r\n\r\n",
          "SIP/2.0 200 OK\r\nContent-Length: 1\r\nl: 2\r\n\r\nab", "SIP/2.0 200 OK\r\nA: b\rc\r\n\r\n",
          "NOTIFY sip:a@h SIP/2.0\r\nContent-Length: 0\r\n\r\n"})
        EXPECT_FALSE(parse_sip_response(text)) << text;
    std::string many = "SIP/2.0 200 OK\r\n";
    for (std::size_t i = 0; i <= most_sip_headers; ++i) many += "A: b\r\n";
    EXPECT_FALSE(parse_sip_response(many + "\r\n"));
    EXPECT_FALSE(
        parse_sip_response("SIP/2.0 200 OK\r\nA: " + std::string(longest_sip_head, 'x') + "\r\n\r\n"));
}

TEST(SipMessage, A_stream_is_cut_at_the_body_s_end) {
    const std::string message = whole.substr(0, whole.size() - 3);
    EXPECT_EQ(sip_message_size(whole), message.size());
    for (std::size_t i = 0; i < message.size(); ++i)
        EXPECT_EQ(sip_message_size(message.substr(0, i)), 0U) << i;
    EXPECT_EQ(sip_message_size(std::string(longest_sip_head, 'x')), std::nullopt);
    EXPECT_EQ(sip_message_size("SIP/2.0 200 OK\r\nContent-Length: 99999\r\n\r\n"), std::nullopt);
}

TEST(SipMessage, A_request_says_the_length_of_its_body) {
    const SipRequest request{"NOTIFY", "sip:a@h", {{"Event", "check-sync"}}, "xyz"};
    EXPECT_EQ(request.text(), "NOTIFY sip:a@h SIP/2.0\r\nEvent: check-sync\r\nContent-Length: 3\r\n\r\nxyz");
}

RC_GTEST_PROP(SipMessage, Never_reads_beyond_what_is_there, (const std::string& text)) {
    const auto size = sip_message_size(text);
    RC_ASSERT(!size || *size <= text.size());
    (void)parse_sip_response(text);
}

}  // namespace
}  // namespace provost
