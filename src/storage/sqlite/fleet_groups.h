// The groups of the fleet that a filter takes, and how they are put in order.
#pragma once

#include "service/fleet_reads.h"
#include "storage/sqlite/database.h"

#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace provost::sqlite {

struct NumberedGroup {
    std::int64_t id = 0;
    FleetGroup group;
};

// Of those tenants alone where the filter names some: their number counts, not that of the fleet.
Result<std::vector<NumberedGroup>> list_groups(Database& database, const FleetFilter& filter);

// Of these alone.
Result<std::vector<NumberedGroup>> list_groups_of(Database& database, const FleetFilter& filter,
                                                  const std::unordered_set<std::int64_t>& ids);

bool takes(const FleetFilter& filter, const FleetGroup& group);

// Groups by what a sort looks at, as a text that sorts so; one bucket for a sort that looks at the device.
using GroupBuckets = std::map<std::string, std::vector<std::int64_t>>;
Result<GroupBuckets> bucket_groups(Database& database, const std::vector<NumberedGroup>& groups,
                                   FleetSort sort);

}  // namespace provost::sqlite
