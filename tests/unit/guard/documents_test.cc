// The reference says what the program does.
#include "guard/limit.h"
#include "guard/suspicion.h"

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

namespace provost {
namespace {

std::string reference() {
    std::ifstream in(PROVOST_SOURCE_DIR "/docs/reference/configuration.md");
    return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Documents, EveryLimitStandsInTheReferenceWithItsDefaults) {
    const auto text = reference();
    for (const auto& one : limits()) {
        std::string row = "| `" + std::string(one.name) + "` | ";
        if (one.limit == Limit::banned)
            row += " |  | ";
        else
            row += std::to_string(std::lround(one.budget.per_second * 60)) + " | " +
                   std::to_string(std::lround(one.budget.burst)) + " | ";
        row += std::string(one.explains) + " |";
        EXPECT_NE(text.find(row), std::string::npos) << row;
    }
}

TEST(Documents, EverySuspicionStandsInTheReferenceWithItsDefaults) {
    const auto text = reference();
    for (const auto& one : suspicions()) {
        const auto row = "| `" + std::string(one.name) + "` | " + std::to_string(one.limit) + " | " +
                         (one.bans ? "yes" : "no") + " | " + std::string(one.saw) + " |";
        EXPECT_NE(text.find(row), std::string::npos) << row;
        EXPECT_EQ(find_suspicion(one.name), &one);
        EXPECT_LE(one.limit, one.most);
    }
}

}  // namespace
}  // namespace provost
