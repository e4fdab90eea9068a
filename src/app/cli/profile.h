// What a change would do to the fleet, as `profile diff` and `tenant set --dry-run` show it.
#pragma once

#include "app/cli/command.h"

#include <boost/json.hpp>

namespace provost::cli {

// `change`: the body of POST /v1/profile/diff. Asks page by page, with progress, and prints the sum.
void show_profile_diff(Shell& shell, const json::object& change);

}  // namespace provost::cli
