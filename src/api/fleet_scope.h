// Whose devices a list or figure is about.
#pragma once

#include "api/route.h"

#include <optional>
#include <vector>

namespace provost {

struct FleetScope {
    std::optional<std::vector<TenantId>> tenants;  // nullopt: all
    bool whole = true;                             // the caller sees the server itself too
};

// The tenant of the query with all below it, within what the caller may see. P-2010.
Result<FleetScope> scope_of(const ApiContext& context, const ApiCall& call);

// A yes or no of the query; nullopt: not asked. P-8004.
Result<std::optional<bool>> query_flag(const ApiCall& call, const std::string& name);

}  // namespace provost
