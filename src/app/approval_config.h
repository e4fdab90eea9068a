// The block `approvals` of the server's configuration: what a second person must agree to.
#pragma once

#include "domain/two_persons.h"
#include "vendor/yaml_reader.h"

namespace provost {

void read_approvals(const Yaml& value, ApprovalRules& rules);

}  // namespace provost
