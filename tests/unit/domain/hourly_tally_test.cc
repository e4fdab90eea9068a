#include "domain/hourly_tally.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(HourlyTallyTest, R_F2_CountsWhatOneDidWithinTheHour) {
    using std::chrono::minutes;
    const auto begin = from_millis(1'800'000'000'000);
    HourlyTally tally;
    EXPECT_TRUE(tally.take(2, 3, begin));
    EXPECT_FALSE(tally.take(2, 3, begin + minutes(1))) << "it would be four";
    EXPECT_TRUE(tally.take(1, 3, begin + minutes(2))) << "what was refused is not counted";
    EXPECT_FALSE(tally.take(1, 3, begin + minutes(59)));
    EXPECT_TRUE(tally.take(2, 3, begin + minutes(61))) << "the first two are an hour old";
    EXPECT_FALSE(tally.take(1, 3, begin + minutes(61)));
}

}  // namespace
}  // namespace provost
