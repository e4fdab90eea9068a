// What the check of a device list found, as JSON.
#pragma once

#include "api/json.h"
#include "service/import_check.h"

namespace provost {

// `tenant` is that of rows that name none.
json::object to_json(const ImportReport& report, const ListFacts& facts, const std::string& tenant);

}  // namespace provost
