// What a tenant's policy says of its own, over what it inherits.
#pragma once

#include "domain/policy.h"
#include "service/records.h"

namespace provost {

void overlay(const PolicyOverrides& overrides, Policy& policy);

}  // namespace provost
