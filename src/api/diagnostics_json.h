// Where a diagnostic window stands, as JSON. Its password has no form here.
#pragma once

#include "api/json.h"
#include "service/diagnostics.h"

namespace provost {

json::object to_json(const WindowView& view);

}  // namespace provost
