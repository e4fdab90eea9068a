// When each of many phones is told something: no faster than a rate, spread at random, and only within hours
// of the day on the wall of its own site. Pure: the same seed and the same moments give the same order.
#pragma once

#include "domain/time_zone.h"

#include <cstddef>
#include <functional>
#include <map>
#include <queue>
#include <string>
#include <tuple>
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

// The phones that wait to be told. However late it is asked, it lets one go at a time: the spacing after the
// last one went at the earliest, and none whose window has shut meanwhile, which waits for its next one.
class Staging {
 public:
    // `zones` has each phone's, and they outlive it.
    Staging(std::vector<const TimeZone*> zones, Timestamp start, const StagingRules& rules);

    // When the next may go at the earliest; Timestamp::max(): nobody waits.
    [[nodiscard]] Timestamp due() const;
    // The phone to tell now; nullopt: none yet.
    std::optional<std::size_t> take(Timestamp now);
    // When each goes if nobody is late, in rising order of time. P-8308: it would take more than
    // longest_staging.
    [[nodiscard]] Result<std::vector<Stage>> plan() const;

 private:
    struct Waiting {
        Timestamp ready;
        std::size_t phone = 0;
        bool operator>(const Waiting& other) const {
            return std::tie(ready, phone) > std::tie(other.ready, other.phone);
        }
    };
    struct Shut {  // from when on it is known to be, and when it opens
        Timestamp from, opens;
    };
    [[nodiscard]] Duration jitter_of(std::size_t phone) const;
    [[nodiscard]] bool may_go(std::size_t phone, Timestamp at) const;
    Timestamp opening(const TimeZone& zone, Timestamp at);
    void put(std::size_t phone, Timestamp at);

    std::vector<const TimeZone*> zones_;
    Timestamp start_, free_;
    StagingRules rules_;
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting_;
    std::map<const TimeZone*, Shut> shut_;
};

// "10/s", "30/m", "100/h" as the pause between two. P-8307.
Result<Duration> parse_rate(std::string_view text);

}  // namespace provost
