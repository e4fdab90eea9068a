// When each of many phones is told something: no faster than a rate, spread at random, and only within hours
// of the day on the wall of its own site. Pure: the same seed gives the same plan.
#pragma once

#include "domain/time_zone.h"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace provost {

// Hours of the day in local time, half open; one that begins later than it ends goes over midnight.
struct DayWindow {
    int from = 0, until = 0;  // minutes since midnight, not equal

    // "01:00-05:00". P-8307.
    static Result<DayWindow> parse(std::string_view text);
    [[nodiscard]] std::string text() const;
    // By what the wall clock says: in the hour that a change of clocks leaves out it is never open, in one
    // that comes twice it is open twice.
    [[nodiscard]] bool is_open(const TimeZone& zone, Timestamp at) const;
    // `at` itself where it is open then, else the first whole minute after it that is. nullopt: none within a
    // week.
    [[nodiscard]] std::optional<Timestamp> next_opening(const TimeZone& zone, Timestamp at) const;
    bool operator==(const DayWindow&) const = default;
};

struct StagingRules {
    Duration spacing = std::chrono::milliseconds(200);  // at least, between two
    Duration jitter{};                                  // each waits for up to so long besides
    std::optional<DayWindow> window;
    std::uint64_t seed = 0;
};

struct Stage {
    std::size_t phone = 0;  // its place in what was given
    Timestamp at{};
    bool operator==(const Stage&) const = default;
};

inline constexpr Duration longest_staging = std::chrono::hours(24 * 30);

// `zones` has each phone's. The result is in rising order of time, each phone in it once. P-8308: it would
// take more than longest_staging.
Result<std::vector<Stage>> plan_staging(std::span<const TimeZone* const> zones, Timestamp start,
                                        const StagingRules& rules);

// "10/s", "30/m", "100/h" as the pause between two. P-8307.
Result<Duration> parse_rate(std::string_view text);

}  // namespace provost
