#include "service/alert_wire.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

const Timestamp raised = from_rfc3339("2026-11-26T04:05:06.789Z").value();

AlertMessage message() {
    AlertMessage one;
    one.id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    one.weight = AlertWeight::critical;
    one.at = raised;
    one.name = "alert";
    one.subject = "Two places.";
    one.text = "Two places.\n.dot\n\nTo do: look.\n";
    one.json = R"({"test": 2432232314})";
    return one;
}

// The example of standardwebhooks.com.
TEST(Webhook, R_C7_IsSignedAsTheStandardSays) {
    const auto key = parse_webhook_key("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    ASSERT_TRUE(key);
    const auto headers = webhook_headers(message().id, message().json, *key, from_millis(1614265330'000));
    EXPECT_EQ(headers, (std::vector<std::string>{
                           "Content-Type: application/json", "webhook-id: msg_p5jXN8AQM9LWM0D4loKWxJek",
                           "webhook-timestamp: 1614265330",
                           "webhook-signature: v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}));
}

TEST(Webhook, R_C7_AKeyHas24To64BytesAndItsMark) {
    for (const auto* const text :
         {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_???"})
        EXPECT_FALSE(parse_webhook_key(text)) << text;
}

TEST(Mail, R_C7_HasItsHeadersAndNoOthers) {
    auto one = message();
    one.subject = "a\r\nBcc: all@example.com";
    const auto mail =
        mail_of(one, "provost@example.com", {"a@example.com", "b@example.com"}, "h\r\nx", raised);
    EXPECT_EQ(mail,
              "From: Provost <provost@example.com>\r\nTo: a@example.com,\r\n b@example.com\r\n"
              "Subject: [Provost] CRITICAL: a\\x0d\\x0aBcc: all@example.com\r\n"
              "Date: Thu, 26 Nov 2026 04:05:06 +0000\r\nMessage-ID: <msg_p5jXN8AQM9LWM0D4loKWxJek@h--x>\r\n"
              "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
              "Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
              "Two places.\r\n .dot\r\n\r\nTo do: look.\r\n");
}

TEST(Syslog, R_C7_IsThatOfRfc5424) {
    const auto line = syslog_line(message(), "prov 1", "42");
    EXPECT_EQ(line, R"(<82>1 2026-11-26T04:05:06.789Z prov-1 provost 42 alert - {"test": 2432232314})");
    EXPECT_EQ(counted("abc"), "3 abc");
    auto head = message();
    head.name = "audit-head";
    head.weight = AlertWeight::info;
    head.text = "provost-audit-head 1 key=00\n";
    EXPECT_EQ(local_syslog_line(head, "42"), "<86>provost[42]: provost-audit-head 1 key=00\\x0a");
}

}  // namespace
}  // namespace provost
