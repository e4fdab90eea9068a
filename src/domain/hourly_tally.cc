#include "domain/hourly_tally.h"

#include <algorithm>

namespace provost {

namespace {

constexpr auto minute = std::chrono::minutes(1), hour = std::chrono::minutes(60);

}  // namespace

bool HourlyTally::is_empty(Timestamp now) const {
    return std::ranges::all_of(by_minute_, [&](const auto& one) { return now - one.first >= hour; });
}

bool HourlyTally::take(std::int64_t count, std::int64_t most, Timestamp now) {
    std::erase_if(by_minute_, [&](const auto& one) { return now - one.first >= hour; });
    auto taken = count;
    for (const auto& [at, before] : by_minute_) taken += before;
    if (taken > most) return false;
    by_minute_[now - now.time_since_epoch() % minute] += count;
    return true;
}

}  // namespace provost
