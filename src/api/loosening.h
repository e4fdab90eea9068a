// A change that loosens a tenant's policy asks for a fresh proof, as lifting one hardening rule does.
#pragma once

#include "api/route.h"

namespace provost {

// P-8402, with what would be looser. Nothing of calls that are about no tenant's policy, and of a body that
// the handler refuses anyway.
Status check_loosening(const ApiContext& context, const Route& route, const ApiCall& call);

}  // namespace provost
