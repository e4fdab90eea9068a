// Rows of a checked list that are taken, a part at a time, and what became of their phones, as JSON.
#pragma once

#include "api/json.h"
#include "service/import_arrivals.h"
#include "service/import_devices.h"
#include "service/policy_snapshot.h"

namespace provost {

struct RowsWanted {
    std::size_t after = 0;  // a line of the file
    std::size_t most = 0;
    bool warned = false;  // those with a warning; else those with none
};

json::object rows_json(const PolicySnapshot& policies, const ImportDevices::Plan& plan,
                       const RowsWanted& wanted);

json::object to_json(const Arrivals& arrivals, const PolicySnapshot& policies);

}  // namespace provost
