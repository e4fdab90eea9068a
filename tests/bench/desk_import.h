// For benchmarks: an import through the REST interface, beside phones that call home.
#pragma once

#include "tests/bench/desk_user.h"

#include <string>

namespace provost {

// Prints how long it took, how its progress was told, and how long phones' visits took without it and beside
// it. The phones are those of cisco-mpp, and have had their secrets.
void import_beside_phones(const DeskPlace& place, const std::string& csv);

}  // namespace provost
