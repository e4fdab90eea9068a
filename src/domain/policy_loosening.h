// Which changes of a policy make it easier for the wrong phone, or a stolen secret, to be good for something:
// pure. Whoever makes one proves itself again first (docs/reference/roles.md).
#pragma once

#include "domain/policy.h"

#include <string_view>
#include <vector>

namespace provost {

// Names of what `after` asks less of than `before`, as the settings of a tenant's policy are called; empty:
// it is as strict, or stricter.
std::vector<std::string_view> loosened(const Policy& before, const Policy& after);

}  // namespace provost
