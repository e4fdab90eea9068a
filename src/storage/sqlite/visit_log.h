// Events of visits as they go into the store, many at a time: a row each, what they tell of their devices,
// and the oldest ones out.
#pragma once

#include "service/records.h"
#include "storage/sqlite/database.h"

#include <cstdint>
#include <deque>

namespace provost::sqlite {

// In the open transaction; `kept`: how many stay in the table.
Status write_visits(Database& database, const std::deque<Event>& events, std::int64_t kept);

Event dropped_event(std::uint64_t count);

}  // namespace provost::sqlite
