// Which changes of a policy loosen it, as a table (R-F2).
#include "domain/policy_loosening.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>

namespace provost {
namespace {

using std::chrono::hours;

Networks networks(const char* text) {
    return parse_networks(text, "test").value();
}

Policy usual() {
    Policy policy;
    policy.minimum_rating = 3;
    policy.rotate_every = hours(24 * 90);
    policy.access.digest = true;
    policy.fallback_networks = networks("192.0.2.0/24");
    return policy;
}

struct Row {
    const char* name;
    std::function<void(Policy&)> change;
    const char* wanted;  // empty: nothing is looser
};

TEST(PolicyLooseningTest, R_F2_NamesWhatAsksForLess) {
    const Row rows[] = {
        {"nothing", [](Policy&) {}, ""},
        {"a lower rating", [](Policy& p) { p.minimum_rating = 1; }, "minimum_rating"},
        {"a higher rating", [](Policy& p) { p.minimum_rating = 5; }, ""},
        {"a longer window", [](Policy& p) { p.window += hours(1); }, "window"},
        {"a shorter window", [](Policy& p) { p.window -= hours(1); }, ""},
        {"a longer grace", [](Policy& p) { p.grace += hours(1); }, "grace"},
        {"no grace", [](Policy& p) { p.grace = {}; }, ""},
        {"later repeats", [](Policy& p) { p.repeat_window += hours(1); }, "repeat_window"},
        {"more repeats", [](Policy& p) { p.repeat_limit = 4; }, "repeat_limit"},
        {"fewer repeats", [](Policy& p) { p.repeat_limit = 0; }, ""},
        {"rarer rotations", [](Policy& p) { p.rotate_every += hours(1); }, "rotate_every"},
        {"no rotations", [](Policy& p) { p.rotate_every = {}; }, "rotate_every"},
        {"more rotations", [](Policy& p) { p.rotate_every = hours(24); }, ""},
        {"one way in more", [](Policy& p) { p.access.token = true; }, "fallback"},
        {"another way in",
         [](Policy& p) {
             p.access = {true, true, false, false};
         },
         "fallback"},
        {"one way in less", [](Policy& p) { p.access.digest = false; }, ""},
        {"a network more", [](Policy& p) { p.fallback_networks = networks("192.0.2.0/24,198.51.100.7"); },
         "fallback_networks"},
        {"a wider one", [](Policy& p) { p.fallback_networks = networks("192.0.2.0/23"); },
         "fallback_networks"},
        {"everywhere", [](Policy& p) { p.fallback_networks = networks("any"); }, "fallback_networks"},
        {"a part of it", [](Policy& p) { p.fallback_networks = networks("192.0.2.128/25"); }, ""},
        {"nowhere", [](Policy& p) { p.fallback_networks.clear(); }, ""},
    };
    for (const auto& row : rows) {
        auto after = usual();
        row.change(after);
        std::string found;
        for (const auto name : loosened(usual(), after)) found += name;
        EXPECT_EQ(found, row.wanted) << row.name;
    }
}

TEST(PolicyLooseningTest, R_F2_RotationsThatWereNeverAskedForAreNoLoss) {
    Policy before, after;
    after.rotate_every = hours(24 * 365);
    EXPECT_TRUE(loosened(before, after).empty());
    EXPECT_EQ(loosened(after, before).size(), 1U);
}

}  // namespace
}  // namespace provost
