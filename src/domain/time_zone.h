// The clock on the wall of a site: offsets from UTC out of the system's time zone files (RFC 8536).
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace provost {

class TimeZone {
 public:
    TimeZone() = default;  // UTC

    // A TZif file, version 2 or later. P-8306 for what is none.
    static Result<TimeZone> parse(std::string_view file);

    [[nodiscard]] std::chrono::seconds east_of_utc(Timestamp at) const;

    // A rule for the years after the file's last change, as POSIX writes it: "CET-1CEST,M3.5.0,M10.5.0/3".
    struct YearlyChange {  // the `week`th `day` of `month`, the fifth is the last; that long after midnight
        unsigned month = 0, week = 0, day = 0;
        std::chrono::seconds time{};
    };
    struct YearlyRule {
        std::chrono::seconds standard{}, summer{};  // east of UTC
        YearlyChange begin, end;                    // of summer time; month 0: there is none
    };
    static std::optional<YearlyRule> parse_rule(std::string_view text);

 private:
    struct Change {
        std::int64_t at = 0;  // seconds since 1970, UTC
        std::chrono::seconds east{};
    };
    std::chrono::seconds first_{};
    std::vector<Change> changes_;  // in rising order
    std::optional<YearlyRule> rule_;
};

// "Europe/London": what may stand in a path below the folder of time zones.
bool is_zone_name(std::string_view name);

}  // namespace provost
