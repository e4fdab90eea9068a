// A NOTIFY as a phone gets it, and its challenge.
#include "peer.h"
#include "sip/notify_sender.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::milliseconds;

constexpr const char* hash = "0123456789abcdef0123456789abcdef";

NotifyOrder order(const SipPeer& phone, bool stream) {
    const auto at = "127.0.0.1:" + std::to_string(phone.port()) + (stream ? ";transport=tcp" : "");
    return {"sip:4711@" + at + ";line=x",
            "sip:4711@h.example",
            "sip:provost@h.example",
            "sip:" + at,
            "check-sync;reboot=false",
            "",
            "",
            {"a4711", "h.example"}};
}

std::unique_ptr<NotifySender> sender() {
    auto settings = std::make_shared<SipSettings>();
    settings->timers = {milliseconds(20), milliseconds(80), milliseconds(700)};
    return make_notify_sender(settings);
}

FindDigest registrar(int& asked) {
    return [&asked](const RegistrarAccount& account) -> Result<std::optional<Secret>> {
        ++asked;
        if (account != RegistrarAccount{"a4711", "h.example"}) return std::nullopt;
        return Secret::copy_of(hash);
    };
}

class Notify : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Sip, Notify, testing::Bool());

TEST_P(Notify, R_F3_says_the_vendor_s_event) {
    SipPeer phone([](const std::string& request) { return std::vector{SipPeer::reply(request, "200 OK")}; },
                  GetParam());
    int asked = 0;
    const auto outcome = sender()->notify(order(phone, GetParam()), registrar(asked));
    EXPECT_EQ(outcome.status, 200);
    EXPECT_EQ(asked, 0) << "a digest is asked for only where the phone wants one";
    const auto request = phone.seen().at(0);
    EXPECT_TRUE(request.starts_with("NOTIFY sip:4711@127.0.0.1:" + std::to_string(phone.port()))) << request;
    EXPECT_NE(request.find(";line=x SIP/2.0"), std::string::npos);
    EXPECT_EQ(SipPeer::header(request, "Event"), "check-sync;reboot=false");
    EXPECT_TRUE(SipPeer::header(request, "Subscription-State").starts_with("terminated"));
    EXPECT_EQ(SipPeer::header(request, "To"), "<sip:4711@h.example>");
}

TEST_P(Notify, R_F3_answers_the_phone_s_challenge_with_the_registrar_s_digest) {
    SipPeer phone(
        [](const std::string& request) {
            const auto login = SipPeer::header(request, "Authorization");
            if (login.empty())
                return std::vector{SipPeer::reply(
                    request, "401 Unauthorized",
                    "WWW-Authenticate: Digest realm=\"h.example\", nonce=\"n\", algorithm=MD5\r\n")};
            const auto uri = request.substr(7, request.find(" SIP/2.0") - 7);
            DigestQuestion question{DigestAlgorithm::md5, "NOTIFY", uri, "n", "", ""};
            const bool right = login.find("response=\"" + digest_response(question, Secret::copy_of(hash))) !=
                               std::string::npos;
            return std::vector{SipPeer::reply(request, right ? "200 OK" : "403 Forbidden")};
        },
        GetParam());
    int asked = 0;
    const auto outcome = sender()->notify(order(phone, GetParam()), registrar(asked));
    EXPECT_EQ(outcome.status, 200);
    EXPECT_TRUE(outcome.answered);
    EXPECT_EQ(asked, 1);
    for (const auto& request : phone.seen()) EXPECT_EQ(request.find(hash), std::string::npos);
}

TEST(NotifySender, Of_another_realm_nothing_is_answered) {
    SipPeer phone(
        [](const std::string& request) {
            return std::vector{SipPeer::reply(request, "401 Unauthorized",
                                              "WWW-Authenticate: Digest realm=\"other\", nonce=\"n\"\r\n")};
        },
        false);
    int asked = 0;
    const auto outcome = sender()->notify(order(phone, false), registrar(asked));
    EXPECT_EQ(outcome.status, 401);
    EXPECT_FALSE(outcome.answered);
    EXPECT_EQ(outcome.asked_realm, "other");
    EXPECT_EQ(phone.seen().size(), 1U);
}

TEST(NotifySender, A_registrar_that_fails_is_told) {
    SipPeer phone(
        [](const std::string& request) {
            return std::vector{
                SipPeer::reply(request, "401 Unauthorized",
                               "WWW-Authenticate: Digest realm=\"h.example\", nonce=\"n\"\r\n")};
        },
        false);
    const auto outcome =
        sender()->notify(order(phone, false), [](const RegistrarAccount&) -> Result<std::optional<Secret>> {
            return fail({"P-0000", "it is down"});
        });
    ASSERT_TRUE(outcome.trouble);
    EXPECT_EQ(outcome.trouble->code, "P-0000");
}

TEST(NotifySender, What_is_no_address_is_not_sent) {
    NotifyOrder bad;
    bad.target = "sip:a@h\r\nX: y";
    const auto outcome = sender()->notify(bad, nullptr);
    ASSERT_TRUE(outcome.trouble);
    EXPECT_EQ(outcome.trouble->code, "P-8301");
}

}  // namespace
}  // namespace provost
