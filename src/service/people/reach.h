// How far a person or a token reaches: a role, and the tenant it ends at. Nobody gives more than it has.
#pragma once

#include "base/result.h"
#include "domain/person.h"
#include "service/policy_snapshot.h"
#include "service/sight.h"

#include <optional>
#include <string>

namespace provost {

struct Reach {
    Role role = Role::auditor;
    std::optional<TenantId> tenant = TenantId{0};  // null: all
};

// Whether the actor may manage people and tokens of that reach; and whether it may see them: an auditor
// manages nobody, and sees all of its tenants.
bool within_reach(const PolicySnapshot& policies, const Actor& actor, const Reach& reach);
bool within_sight(const PolicySnapshot& policies, const Actor& actor, const Reach& reach);
Status check_grant(const PolicySnapshot& policies, const Actor& actor, const Reach& reach);  // P-8614

// A tenant as it was typed: a slug, "*" for all, empty: as it was. P-2010, the same whether it is out of
// sight or not there.
Result<std::optional<TenantId>> read_reach(const Sight& sight, const std::string& typed,
                                           std::optional<TenantId> before);
// A platform admin is over all tenants; a reseller or tenant's admin has one. P-8612.
Status check_place(Role role, std::optional<TenantId> tenant);

}  // namespace provost
