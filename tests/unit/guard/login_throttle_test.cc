#include "guard/login_throttle.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

const Timestamp start = Timestamp(seconds(1'800'000'000));

IpAddress address(const std::string& text) {
    return IpAddress::parse(text).value();
}

LoginTry attempt(const std::string& source, std::string_view account) {
    return {address(source), account, {}, false};
}

class Throttle : public testing::Test {
 protected:
    // A try that fails, if it may be made.
    bool fails(const LoginTry& one, Timestamp now) {
        if (throttle.take(one, now) > Duration()) return false;
        sprayed += throttle.failed(one, now).spraying ? 1 : 0;
        return true;
    }
    LoginThrottle throttle{ScatterSeed{1, 2, 3}};
    int sprayed = 0;
};

TEST_F(Throttle, R_F2_DelaysGrow) {
    const auto one = attempt("192.0.2.7", "anna");
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(fails(one, start)) << i;
    auto now = start;
    for (const auto wait : {2, 4, 8, 16, 32}) {
        EXPECT_EQ(throttle.take(one, now), seconds(wait)) << wait;
        now += seconds(wait) - Duration(1);
        EXPECT_FALSE(fails(one, now));
        now += Duration(1);
        EXPECT_TRUE(fails(one, now));
    }
    for (int i = 0; i < 20; ++i) {
        now += throttle.take(one, now);
        fails(one, now);
    }
    EXPECT_EQ(throttle.take(one, now), minutes(15)) << "no longer than that";
    EXPECT_TRUE(fails(one, now + hours(2))) << "forgotten";
}

TEST_F(Throttle, R_F2_ManyAtOnceAreNoMoreThanOneAfterTheOther) {
    int let = 0;
    for (int i = 0; i < 100; ++i)
        let += throttle.take(attempt("192.0.2.7", "anna"), start) == Duration() ? 1 : 0;
    EXPECT_EQ(let, 6);
}

TEST_F(Throttle, R_F2_OwnerIsNotLockedOutByFailuresFromElsewhere) {
    auto now = start;
    for (int i = 0; i < 2000; ++i) {
        fails(attempt("198.51." + std::to_string(i / 250) + "." + std::to_string(i % 250), "anna"), now);
        now += seconds(1);
    }
    EXPECT_LE(throttle.take(attempt("203.0.113.9", "anna"), now), seconds(15))
        << "a new browser never waits long";
    auto own = attempt("203.0.113.9", "anna");
    own.own_mark = Sha256{7};
    EXPECT_EQ(throttle.take(own, now), Duration()) << "where she was before she does not";
    throttle.succeeded(own);
    own.source = address("198.51.0.1");
    EXPECT_EQ(throttle.take(own, now), Duration()) << "even from the attacker's own address";
}

TEST(Turns, R_F2_WhoFailedLessHasItSooner) {
    struct Row {
        int source, network;
        Duration longest;
    };
    for (const auto& row : {Row{0, 0, seconds(15)}, Row{0, 1, seconds(15)}, Row{1, 1, seconds(30)},
                            Row{0, 2, seconds(30)}, Row{2, 2, minutes(1)}, Row{1, 3, seconds(45)},
                            Row{3, 3, minutes(1)}, Row{0, 6, minutes(1)}, Row{1000, 100'000, minutes(1)}})
        EXPECT_EQ(longest_at_account(minutes(1), row.source, row.network), row.longest)
            << row.source << " " << row.network;
}

// Three dozen networks that ask every second, for half an hour before and for as long as it takes: whenever
// its owner comes, with a new browser, the first turn that it is told is its own.
TEST_F(Throttle, R_F2_AnOwnerInANewBrowserIsNotStarved) {
    auto now = start;
    const auto storm = [&] {
        const auto first = static_cast<int>((now - start) / seconds(1));
        for (int i = first; i < first + 36; ++i)
            fails(attempt("198.51." + std::to_string(i % 36) + ".7", "anna"), now);
        now += seconds(1);
    };
    for (int i = 0; i < 1800; ++i) storm();
    for (int come = 0; come < 200; ++come) {
        for (int i = 0; i < 7 + come % 61; ++i) storm();
        const auto owner = attempt("203.0." + std::to_string(come) + ".9", "anna");
        const auto told = throttle.take(owner, now);
        EXPECT_LE(told, seconds(15)) << come;
        if (told == Duration()) continue;
        const auto due = now + told;
        while (now < due) storm();
        EXPECT_EQ(throttle.take(owner, now), Duration()) << come;
    }
}

TEST_F(Throttle, R_F2_GuessersGetNoMoreTriesForIt) {
    int tries = 0;
    for (int i = 0; i < 3600; ++i)
        for (int n = 0; n < 36; ++n)
            tries += fails(attempt("198.51." + std::to_string(n) + ".7", "anna"), start + seconds(i)) ? 1 : 0;
    EXPECT_LT(tries, 150) << "an hour's, of three dozen networks";
}

TEST_F(Throttle, R_F2_WhoGuessesPasswordsDelaysNoCode) {
    for (int i = 0; i < 9; ++i)
        fails(attempt("192.0.2." + std::to_string(i), "anna"), start + seconds(20 * i));
    auto code = attempt("203.0.113.9", "anna");
    code.code = true;
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(fails(code, start)) << i;
    code.source = address("203.0.114.9");
    auto now = start;
    for (int i = 0; i < 6; ++i) {
        now += throttle.take(code, now);
        fails(code, now);
    }
    EXPECT_EQ(throttle.take(code, now), minutes(1)) << "codes have no turns before others: one a minute";
    throttle.succeeded(attempt("203.0.115.9", "anna"));
    code.source = address("203.0.116.9");
    EXPECT_EQ(throttle.take(code, now), Duration()) << "its owner was there";
}

TEST_F(Throttle, R_F2_AStolenMarkIsCountedToo) {
    auto own = attempt("203.0.113.9", "anna");
    own.own_mark = Sha256{7};
    for (int i = 0; i < 6; ++i) EXPECT_TRUE(fails(own, start));
    EXPECT_FALSE(fails(own, start));
    auto other = own;
    other.own_mark = Sha256{8};
    EXPECT_TRUE(fails(other, start)) << "her other browser is counted apart";
}

TEST_F(Throttle, R_F2_SuccessClearsTheAccountAndNotTheSource) {
    for (int i = 0; i < 6; ++i) fails(attempt("192.0.2.7", "anna"), start);
    throttle.succeeded(attempt("203.0.113.1", "anna"));
    EXPECT_GT(throttle.take(attempt("192.0.2.7", "anna"), start), Duration()) << "the source still waits";
    EXPECT_EQ(throttle.take(attempt("203.0.113.1", "anna"), start), Duration());
}

TEST_F(Throttle, R_F2_WhatWasNotLookedAtCountsForNothing) {
    const auto one = attempt("192.0.2.7", "anna");
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(throttle.take(one, start), Duration()) << i;
        throttle.undo(one);
    }
}

TEST_F(Throttle, R_F2_SprayingIsSeenOnce) {
    auto now = start;
    for (int i = 0; i < 20; ++i) {
        const auto account = "user" + std::to_string(i);
        const auto one = attempt("192.0.2.7", account);
        now += throttle.take(one, now) + Duration(1);
        fails(one, now);
    }
    EXPECT_EQ(sprayed, 1);
    sprayed = 0;
    for (int i = 0; i < 20; ++i) fails(attempt("203.0.113.1", "anna"), start + hours(9) + hours(i));
    EXPECT_EQ(sprayed, 0) << "one account again and again is none";
}

TEST_F(Throttle, R_F2_AnAccountThatIsNoneIsCountedAlike) {
    for (int i = 0; i < 6; ++i) fails(attempt("192.0.2." + std::to_string(i), "nobody"), start);
    for (int i = 0; i < 6; ++i) fails(attempt("198.51.100." + std::to_string(i), "anna"), start);
    EXPECT_EQ(throttle.take(attempt("203.0.113.1", "nobody"), start),
              throttle.take(attempt("203.0.113.2", "anna"), start));
}

TEST_F(Throttle, R_F2_WhateverComesItCostsTheSameMemory) {
    const auto before = throttle.bytes();
    for (int i = 0; i < 50'000; ++i)
        fails(attempt("10." + std::to_string(i % 250) + "." + std::to_string(i / 250) + ".1",
                      "user" + std::to_string(i)),
              start + seconds(i));
    EXPECT_EQ(throttle.bytes(), before);
    EXPECT_LT(before, 1024U * 1024);
}

TEST_F(Throttle, R_F2_AClockSetBackDelaysNoLonger) {
    const auto one = attempt("192.0.2.7", "anna");
    for (int i = 0; i < 7; ++i) fails(one, start);
    EXPECT_LE(throttle.take(one, start - hours(5)), minutes(15));
}

}  // namespace
}  // namespace provost
