// Which changes wait for a second person (docs/decisions/0017-two-persons.md): pure.
#pragma once

#include "domain/role_table.h"

#include <cstdint>

namespace provost {

// The block `approvals` of the configuration. As made, nobody is asked.
struct ApprovalRules {
    bool trust = false;        // changes of whom the server trusts
    std::int64_t devices = 0;  // changes that reach more devices than that; 0: of no size
};

enum class SecondPerson : std::uint8_t {
    not_needed,
    needed,
    by_size,  // where the change reaches more than `devices`
};

// `of_tenant`: the change is about one tenant, or a part of it. Whoever may open the Unix socket never waits:
// so one person alone is not locked out of the server.
SecondPerson second_person(const ApprovalRules& rules, const Actor& who, Action action, bool of_tenant);

}  // namespace provost
