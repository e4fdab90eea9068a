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
    return {address(source), account, {}};
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
    EXPECT_GT(throttle.take(attempt("203.0.113.9", "anna"), now), Duration()) << "a new browser waits";
    EXPECT_LE(throttle.take(attempt("203.0.113.9", "anna"), now), minutes(1)) << "but never long";
    auto own = attempt("203.0.113.9", "anna");
    own.own_mark = Sha256{7};
    EXPECT_EQ(throttle.take(own, now), Duration()) << "where she was before she does not";
    throttle.succeeded(own);
    own.source = address("198.51.0.1");
    EXPECT_EQ(throttle.take(own, now), Duration()) << "even from the attacker's own address";
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
