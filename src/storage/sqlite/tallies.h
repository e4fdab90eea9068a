// What happened, counted by hour and day: visits, deliveries and refusals by their rule as they are written,
// states by the housekeeper. Nobody counts events afterwards.
#pragma once

#include "service/fleet_reads.h"
#include "service/records.h"
#include "storage/sqlite/database.h"

#include <chrono>
#include <deque>
#include <map>
#include <tuple>

namespace provost::sqlite {

// Of visits, on the writer's thread: kept in memory and written once a minute. A crash loses that minute of
// the figures, never an event.
class VisitTally {
 public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    explicit VisitTally(Duration every) : every_(every) {}
    void count(const std::deque<Event>& events);
    // Within a transaction; nothing where it is not time yet. `written` after it was committed.
    Status write(Database& database, SteadyTime now, bool at_once = false);
    void written(SteadyTime now);

 private:
    using Key = std::tuple<std::int64_t, TenantId, std::string>;  // hour, tenant (0: all), name
    const Duration every_;
    std::map<Key, std::int64_t> counts_;
    SteadyTime last_{};
    bool writing_ = false;
};

// How many devices are in which state now, for this hour and day, and what is too old is forgotten.
Status tally_states(Database& database, Timestamp now);
Status forget_tallies(Database& database, TenantId tenant);

Result<std::vector<TallyRow>> list_tallies(Database& database, TenantId tenant, TallySpan span,
                                           Timestamp from, Timestamp to);

}  // namespace provost::sqlite
