#include "sip/client.h"

#include "peer.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::milliseconds;

const SipTimers quick{milliseconds(20), milliseconds(80), milliseconds(1500)};
const SipQuestion question{"NOTIFY",          "sip:a@127.0.0.1",         "sip:p@h.example",
                           "sip:a@h.example", {{"Event", "check-sync"}}, ""};

std::unique_ptr<SipWire> connect(const SipPeer& peer, SipTransport transport) {
    return std::move(connect_sip({transport, "127.0.0.1", peer.port()}, {},
                                 std::chrono::steady_clock::now() + milliseconds(2000))
                         .value());
}

FindLogin login(const char* user, const char* password) {
    return [=](const std::vector<SipChallenge>&) -> Result<std::optional<SipLogin>> {
        SipLogin one;
        one.user = user;
        one.password = Secret::copy_of(password);
        return one;
    };
}

class BothTransports : public testing::TestWithParam<SipTransport> {
 protected:
    static bool stream() { return GetParam() != SipTransport::udp; }
};
INSTANTIATE_TEST_SUITE_P(Sip, BothTransports, testing::Values(SipTransport::udp, SipTransport::tcp));

TEST_P(BothTransports, R_F3_a_question_gets_its_answer) {
    SipPeer peer([](const std::string& request) { return std::vector{SipPeer::reply(request, "200 OK")}; },
                 stream());
    const auto wire = connect(peer, GetParam());
    const auto answer = SipClient(*wire, quick).ask(question, nullptr);
    ASSERT_TRUE(answer) << answer.error().text();
    EXPECT_EQ(answer->last.status, 200);
    const auto request = peer.seen().at(0);
    EXPECT_TRUE(request.starts_with("NOTIFY sip:a@127.0.0.1 SIP/2.0\r\n"));
    EXPECT_EQ(SipPeer::header(request, "Event"), "check-sync");
    EXPECT_NE(SipPeer::header(request, "Via").find(wire->local() + ";rport;branch=z9hG4bK"),
              std::string::npos);
}

TEST_P(BothTransports, R_F3_a_challenge_is_answered_once_and_a_stale_nonce_once_more) {
    int round = 0;
    SipPeer peer(
        [&](const std::string& request) {
            const auto nonce = "n" + std::to_string(++round);
            if (round == 3 &&
                SipPeer::header(request, "Authorization").find("nonce=\"n2\"") != std::string::npos)
                return std::vector{SipPeer::reply(request, "200 OK")};
            return std::vector{SipPeer::reply(request, "401 Unauthorized",
                                              "WWW-Authenticate: Digest realm=\"r\", qop=\"auth\", nonce=\"" +
                                                  nonce + "\"" + (round == 2 ? ", stale=true" : "") +
                                                  "\r\n")};
        },
        stream());
    const auto wire = connect(peer, GetParam());
    const auto answer = SipClient(*wire, quick).ask(question, login("u", "p"));
    ASSERT_TRUE(answer) << answer.error().text();
    EXPECT_EQ(answer->last.status, 200);
    EXPECT_TRUE(answer->answered);
    EXPECT_EQ(answer->messages, 3);
}

TEST_P(BothTransports, A_wrong_password_is_not_tried_again) {
    SipPeer peer(
        [](const std::string& request) {
            return std::vector{SipPeer::reply(request, "401 Unauthorized",
                                              "WWW-Authenticate: Digest realm=\"r\", nonce=\"n\"\r\n")};
        },
        stream());
    const auto wire = connect(peer, GetParam());
    const auto answer = SipClient(*wire, quick).ask(question, login("u", "p"));
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->last.status, 401);
    EXPECT_EQ(peer.seen().size(), 2U);
}

TEST(SipClient, Over_UDP_what_is_lost_is_sent_again_with_growing_pauses) {
    int times = 0;
    SipPeer peer(
        [&](const std::string& request) {
            return ++times < 4 ? std::vector<std::string>() : std::vector{SipPeer::reply(request, "200 OK")};
        },
        false);
    const auto wire = connect(peer, SipTransport::udp);
    const auto answer = SipClient(*wire, quick).ask(question, nullptr);
    ASSERT_TRUE(answer) << answer.error().text();
    const auto seen = peer.seen();
    ASSERT_EQ(seen.size(), 4U);
    for (const auto& one : seen) EXPECT_EQ(one, seen.front()) << "a repetition is the same bytes";
}

TEST(SipClient, Answers_to_others_and_noise_are_passed_over) {
    SipPeer peer(
        [](const std::string& request) {
            auto other = SipPeer::reply(request, "481 No");
            other.replace(other.find("branch=z9hG4bK") + 14, 2, "zz");
            return std::vector<std::string>{"noise", other, request, SipPeer::reply(request, "100 Trying"),
                                            SipPeer::reply(request, "202 Accepted")};
        },
        false);
    const auto wire = connect(peer, SipTransport::udp);
    const auto answer = SipClient(*wire, quick).ask(question, nullptr);
    ASSERT_TRUE(answer) << answer.error().text();
    EXPECT_EQ(answer->last.status, 202);
}

TEST(SipClient, Silence_ends_at_the_deadline) {
    SipPeer peer([](const std::string&) { return std::vector<std::string>(); }, false);
    const auto wire = connect(peer, SipTransport::udp);
    const auto answer =
        SipClient(*wire, {milliseconds(20), milliseconds(80), milliseconds(200)}).ask(question, nullptr);
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code, "P-8305");
}

TEST(SipClient, Nobody_there_is_told_at_once) {
    std::uint16_t port = 0;
    {
        port = SipPeer([](const std::string&) { return std::vector<std::string>(); }, true).port();
    }
    const auto wire = connect_sip({SipTransport::tcp, "127.0.0.1", port}, {},
                                  std::chrono::steady_clock::now() + milliseconds(2000));
    ASSERT_FALSE(wire);
    EXPECT_EQ(wire.error().code, "P-8302");
}

TEST(SipClient, R_F5_an_invite_is_acknowledged_hung_up_or_cancelled) {
    auto invite = question;
    invite.method = "INVITE";
    const auto methods = [&](SipPeer& peer) {
        std::string all;
        for (const auto& one : peer.seen())
            if (const auto word = one.substr(0, one.find(' ')); !all.ends_with(word))
                all += (all.empty() ? "" : " ") + word;
        return all;
    };
    const auto ask = [&](SipPeer& peer) {
        const auto wire = connect(peer, SipTransport::udp);
        const auto answer =
            SipClient(*wire, {milliseconds(50), milliseconds(80), milliseconds(300)}).ask(invite, nullptr);
        std::this_thread::sleep_for(milliseconds(50));
        return answer ? answer->last.status : 0;
    };
    SipPeer refuses(
        [](const std::string& request) {
            return request.starts_with("ACK") ? std::vector<std::string>()
                                              : std::vector{SipPeer::reply(request, "403 No")};
        },
        false);
    EXPECT_EQ(ask(refuses), 403);
    EXPECT_EQ(methods(refuses), "INVITE ACK");
    SipPeer takes(
        [](const std::string& request) {
            return request.starts_with("ACK") ? std::vector<std::string>()
                                              : std::vector{SipPeer::reply(request, "200 OK")};
        },
        false);
    EXPECT_EQ(ask(takes), 200);
    EXPECT_EQ(methods(takes), "INVITE ACK BYE");
    std::string pending;
    SipPeer rings(
        [&](const std::string& request) {
            if (request.starts_with("INVITE"))
                return pending = request, std::vector{SipPeer::reply(request, "180 Ringing")};
            if (request.starts_with("CANCEL"))
                return std::vector{SipPeer::reply(request, "200 OK"),
                                   SipPeer::reply(pending, "487 Cancelled")};
            return std::vector<std::string>();
        },
        false);
    EXPECT_EQ(ask(rings), 0);
    EXPECT_EQ(methods(rings), "INVITE CANCEL ACK");
}

TEST(SipTimers, Pauses_grow_as_the_standard_says) {
    const SipTimers timers;
    const auto sequence = [&](bool invite, int count) {
        std::vector<std::int64_t> pauses;
        Duration last{};
        for (int i = 0; i < count; ++i)
            pauses.push_back((last = *next_pause(timers, last, invite, false)).count());
        return pauses;
    };
    EXPECT_EQ(sequence(false, 5), (std::vector<std::int64_t>{500, 1000, 2000, 4000, 4000}));
    EXPECT_EQ(sequence(true, 5), (std::vector<std::int64_t>{500, 1000, 2000, 4000, 8000}));
    EXPECT_EQ(next_pause(timers, timers.t1, false, true), timers.t2);
    EXPECT_EQ(next_pause(timers, timers.t1, true, true), std::nullopt);
}

}  // namespace
}  // namespace provost
