// Who gets a place for a job, as a table.
#include "api/job_places.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace provost {
namespace {

// "A" runs for tenant 1, "a" is at rest; "B", "b" for tenant 2, "P", "p" for one bound to none; oldest first.
std::vector<JobPlace> places_of(const std::string& drawn) {
    std::vector<JobPlace> places;
    for (const char one : drawn) {
        const bool runs = one < 'a';
        const char who = runs ? static_cast<char>(one + 32) : one;
        places.push_back({who == 'p' ? std::nullopt : std::optional<TenantId>(who - 'a' + 1), runs});
    }
    return places;
}

struct Row {
    const char* places;  // of four
    std::optional<TenantId> owner;
    const char* wanted;  // the place pushed out, "free" or "none"
};

TEST(JobPlaces, R_F2_nobody_fills_them_for_others) {
    const std::vector<Row> rows{
        {"", 1, "free"},   {"aaa", 1, "free"},   {"AB", 1, "free"},
        {"AA", 1, "none"}, {"AA", 2, "free"},    {"AABB", std::nullopt, "none"},
        {"bapA", 1, "1"},  {"bBpP", 1, "0"},     {"BBpa", std::nullopt, "2"},
        {"AbBa", 2, "1"},  {"PPaa", {}, "none"}, {"PPaa", 2, "2"},
    };
    for (const auto& row : rows) {
        const auto room = room_for(row.owner, places_of(row.places), 4);
        const std::string found = room.pushed_out ? std::to_string(*room.pushed_out)
                                  : room.is_there ? "free"
                                                  : "none";
        EXPECT_EQ(found, row.wanted) << row.places << " for " << row.owner.value_or(0);
    }
}

}  // namespace
}  // namespace provost
