// The fleet over time, for charts: visits, refusals by rule, deliveries and states, by hour or day.
#pragma once

#include "service/fleet_reads.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// Every list is as long as `times`.
struct FleetHistory {
    std::vector<Timestamp> times;  // beginnings of hours or days, UTC
    std::vector<std::int64_t> visits, delivered;
    std::map<std::string, std::vector<std::int64_t>> refusals_by_rule;
    // How many devices were in a state when that time ended; nullopt: nobody looked then.
    std::map<std::string, std::vector<std::optional<std::int64_t>>> states;
};

struct HistorySpan {
    TallySpan step = TallySpan::hour;
    Timestamp from{}, to{};  // half open
};
inline constexpr std::size_t most_history = 2200;  // times: 90 days of hours

// P-8004: the span is empty or too long.
Result<HistorySpan> check_span(HistorySpan span);

// Of these tenants together; nullopt: of all, and of phones that belong to none.
Result<FleetHistory> fleet_history(FleetReads& fleet, const HistorySpan& span,
                                   const std::optional<std::vector<TenantId>>& tenants);

}  // namespace provost
