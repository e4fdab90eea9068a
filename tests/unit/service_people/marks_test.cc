// Browser marks, challenges, recovery codes.
#include "crypto/digest.h"
#include "crypto/random.h"
#include "service/people/browser_mark.h"
#include "service/people/challenges.h"
#include "service/people/secrets.h"

#include <set>

#include <gtest/gtest.h>

namespace provost {
namespace {

const Timestamp now = Timestamp(std::chrono::seconds(1'800'000'000));

class Marks : public testing::Test {
 protected:
    void SetUp() override { ASSERT_TRUE(start_random()); }
    BrowserMarks marks{Secret::copy_of("a key of the tests")};
    PasskeyChallenges challenges;
};

TEST_F(Marks, R_F2_AMarkIsOnePersonsAndEnds) {
    const auto mark = marks.make(7, now);
    const auto known = marks.read(mark, 7, now);
    ASSERT_TRUE(known);
    EXPECT_EQ(marks.read(mark, 7, now + BrowserMarks::lasts - Duration(1)), known);
    EXPECT_FALSE(marks.read(mark, 7, now + BrowserMarks::lasts));
    EXPECT_FALSE(marks.read(mark, 8, now));
    EXPECT_FALSE(BrowserMarks(Secret::copy_of("another")).read(mark, 7, now));
    EXPECT_NE(marks.make(7, now), mark);
    for (std::size_t i = 0; i < mark.size(); ++i) {
        auto other = mark;
        other[i] = other[i] == 'A' ? 'B' : 'A';
        EXPECT_FALSE(marks.read(other, 7, now)) << i;
    }
    for (const auto* const none : {"", "x", "AAAA"}) EXPECT_FALSE(marks.read(none, 7, now));
}

TEST_F(Marks, R_F2_AChallengeIsGoodForOneUseOneTimeAndFiveMinutes) {
    using Purpose = PasskeyChallenges::Purpose;
    const PasskeyChallenges::Use use{Purpose::step_up, 5};
    const auto challenge = challenges.make(use, now);
    EXPECT_TRUE(challenges.holds(challenge, use, now));
    EXPECT_FALSE(challenges.holds(challenge, {Purpose::step_up, 6}, now)) << "another session";
    EXPECT_FALSE(challenges.holds(challenge, {Purpose::registration, 5}, now)) << "another purpose";
    EXPECT_FALSE(challenges.holds(challenge, use, now + PasskeyChallenges::lasts));
    EXPECT_FALSE(challenges.holds(challenge, use, now - std::chrono::hours(1))) << "from later";
    EXPECT_FALSE(PasskeyChallenges().holds(challenge, use, now)) << "another server's";
    EXPECT_TRUE(challenges.spend(challenge, now));
    EXPECT_FALSE(challenges.spend(challenge, now));
    EXPECT_FALSE(challenges.holds(challenge, use, now));
}

TEST_F(Marks, R_F2_ChallengesDiffer) {
    std::set<std::string> drawn;
    for (int i = 0; i < 1000; ++i) drawn.insert(challenges.make({}, now));
    EXPECT_EQ(drawn.size(), 1000U);
}

TEST_F(Marks, R_F2_RecoveryCodesAreLongAndTypedAsPeopleDo) {
    const auto codes = draw_recovery_codes();
    EXPECT_EQ(std::set<std::string>(codes.begin(), codes.end()).size(), recovery_codes);
    for (const auto& code : codes) {
        EXPECT_EQ(code.size(), 29U) << "26 characters of 5 bits and 3 hyphens";
        auto typed = code;
        for (auto& c : typed) c = c == '-' ? ' ' : static_cast<char>(std::toupper(c));
        EXPECT_EQ(recovery_hash(typed), recovery_hash(code));
        typed.back() = typed.back() == 'A' ? 'Q' : 'A';
        EXPECT_NE(recovery_hash(typed), recovery_hash(code));
    }
}

TEST_F(Marks, R_F2_AUserHandleTellsNothing) {
    EXPECT_EQ(marks.user_handle(7), marks.user_handle(7));
    EXPECT_NE(marks.user_handle(7), marks.user_handle(8));
    EXPECT_EQ(marks.user_handle(7).size(), 16U);
}

}  // namespace
}  // namespace provost
