// The vendor that a person named.
#pragma once

#include "base/result.h"
#include "vendor/catalogue.h"

#include <string_view>

namespace provost {

// P-2021, with the nearest name.
Result<const VendorSpec*> named_vendor(std::string_view name, const Catalogue& catalogue);

}  // namespace provost
