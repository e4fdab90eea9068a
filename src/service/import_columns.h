// Which column of a device list means what; also headers as other portals write them.
#pragma once

#include "base/result.h"
#include "service/operations.h"

#include <map>
#include <string>
#include <vector>

namespace provost {

struct ColumnPlan {
    std::vector<std::string> names;  // per column: "mac", "tenant", a setting's name, or empty: ignored
    std::vector<std::string> notes;  // what was taken for what
};

// P-2505 for a column that means nothing (with the nearest name), P-2506 if there is no MAC column, P-2507 if
// two columns mean the same, P-2004 for a column of passwords.
Result<ColumnPlan> plan_columns(const std::vector<std::string>& header);

// One row's cells by their meaning. Empty cells are left out.
Devices::Draft draft_of_row(const ColumnPlan& plan, const std::vector<std::string>& cells);

}  // namespace provost
