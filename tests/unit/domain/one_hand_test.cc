// Who may not approve whose calls, as a table (R-F2).
#include "domain/one_hand.h"

#include <vector>

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::hours;

constexpr PersonId anna = 1, bob = 2, carl = 3, dora = 4;
const Timestamp now = from_millis(1'800'000'000'000);

HandedOver deed(PersonId by, PersonId whom, int days_ago = 1) {
    return {by, whom, now - hours(24 * days_ago)};
}

struct Row {
    const char* name;
    std::vector<HandedOver> deeds;
    PersonId asks, approves;
    bool wanted;
};

TEST(OneHandTest, R_F2_WhoCouldActAsBothIsOne) {
    const Row rows[] = {
        {"nothing happened", {}, anna, bob, false},
        {"anna made bob", {deed(anna, bob)}, anna, bob, true},
        {"and asks as him", {deed(anna, bob)}, bob, anna, true},
        {"a week ago", {deed(anna, bob, 7)}, anna, bob, false},
        {"six days ago", {deed(anna, bob, 6)}, anna, bob, true},
        {"a week ago, and reset him since", {deed(anna, bob, 9), deed(anna, bob)}, anna, bob, true},
        {"bob made carl", {deed(anna, bob), deed(bob, carl)}, anna, carl, true},
        {"long ago", {deed(anna, bob), deed(bob, carl, 30)}, anna, carl, false},
        {"anna made both", {deed(anna, bob), deed(anna, carl)}, bob, carl, true},
        {"both made carl", {deed(anna, carl), deed(bob, carl)}, anna, bob, true},
        {"others are of one", {deed(bob, carl)}, anna, dora, false},
        {"one of them is", {deed(bob, carl)}, anna, carl, false},
        {"a loop", {deed(bob, carl), deed(carl, bob), deed(carl, carl)}, bob, dora, false},
        {"the same person", {}, anna, anna, true},
    };
    for (const auto& row : rows)
        EXPECT_EQ(of_one_hand(row.deeds, row.asks, row.approves, now), row.wanted) << row.name;
}

}  // namespace
}  // namespace provost
