#include "domain/hourly_tally.h"

namespace provost {

bool HourlyTally::take(std::int64_t count, std::int64_t most, Timestamp now) {
    constexpr auto minute = std::chrono::minutes(1), hour = std::chrono::minutes(60);
    std::erase_if(by_minute_, [&](const auto& one) { return now - one.first >= hour; });
    auto taken = count;
    for (const auto& [at, before] : by_minute_) taken += before;
    if (taken > most) return false;
    by_minute_[now - now.time_since_epoch() % minute] += count;
    return true;
}

}  // namespace provost
