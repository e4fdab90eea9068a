// A page of the fleet, and its figures: which groups fit, then their devices in order.
#pragma once

#include "service/fleet_reads.h"
#include "storage/sqlite/database.h"

#include <span>
#include <string_view>

namespace provost::sqlite {

Result<FleetPage> read_fleet_page(Database& database, const FleetQuestion& question);
Result<std::vector<FleetGroup>> read_fleet_groups(Database& database, const FleetFilter& filter);
Result<std::vector<std::pair<std::string, std::int64_t>>> read_overdue(Database& database, TenantId tenant,
                                                                       Timestamp due, std::size_t limit);
Result<std::vector<MacAddress>> list_held(Database& database,
                                          const std::optional<std::vector<TenantId>>& tenants,
                                          std::size_t limit);

// Every question here that is asked of the devices, for a test that looks at how SQLite answers them.
std::span<const std::string_view> fleet_page_questions();

}  // namespace provost::sqlite
