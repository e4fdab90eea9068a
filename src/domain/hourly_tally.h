// How much was done within the last hour: so many small calls are no way around a large one.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <map>

namespace provost {

class HourlyTally {
 public:
    // Counts it, unless it is more than `most` with what was counted in the hour before.
    bool take(std::int64_t count, std::int64_t most, Timestamp now);
    // Nothing was, within the hour.
    [[nodiscard]] bool is_empty(Timestamp now) const;

 private:
    std::map<Timestamp, std::int64_t> by_minute_;  // at most 61
};

}  // namespace provost
