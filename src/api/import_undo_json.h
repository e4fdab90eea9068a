// How far the undo of an import is, as JSON.
#pragma once

#include "api/json.h"
#include "service/import_records.h"

namespace provost {

json::object to_json(const ImportRecord& record, Timestamp now);

}  // namespace provost
