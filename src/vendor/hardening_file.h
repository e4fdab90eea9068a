// Reads the hardening profile, policy/hardening.yaml (docs/reference/hardening.md).
#pragma once

#include "base/error.h"
#include "domain/hardening.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// Every mistake found, each with file:line:column: P-21xx as in a vendor file, P-1107 for a profile without
// rules. Exactly one of profile and errors is filled.
struct HardeningFileOutcome {
    std::optional<HardeningProfile> profile;
    std::vector<Error> errors;
};
HardeningFileOutcome read_hardening_file(std::string_view text, const std::string& origin);

}  // namespace provost
