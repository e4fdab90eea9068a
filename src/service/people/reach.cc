#include "service/people/reach.h"

#include <algorithm>

namespace provost {

namespace {

bool is_below(const PolicySnapshot& policies, TenantId tenant, TenantId top) {
    const auto* const view = policies.tenant(tenant);
    return view != nullptr && std::any_of(view->lineage.begin(), view->lineage.end(),
                                          [&](const Tenant* one) { return one->id == top; });
}

}  // namespace

bool within_reach(const PolicySnapshot& policies, const Actor& actor, const Reach& reach) {
    if (!may_manage(actor.role, reach.role)) return false;
    if (!actor.tenant) return true;
    return reach.tenant && is_below(policies, *reach.tenant, *actor.tenant);
}

Status check_grant(const PolicySnapshot& policies, const Actor& actor, const Reach& reach) {
    if (within_reach(policies, actor, reach)) return {};
    return fail({"P-8614", "this is more than you may give", "role", "its role or tenant is beyond your own",
                 "Choose a lesser role, or a tenant of yours; or ask who has more."});
}

Result<std::optional<TenantId>> read_reach(const Sight& sight, const std::string& typed,
                                           std::optional<TenantId> before) {
    if (typed.empty()) return before;
    if (typed == "*") return std::optional<TenantId>();
    PROVOST_TRY(const auto* const view, sight.tenant(typed));
    return std::optional(view->tenant.id);
}

Status check_place(Role role, std::optional<TenantId> tenant) {
    const auto refuse = [](std::string why) {
        return fail({"P-8612", "a person's data were refused", "tenant", std::move(why)});
    };
    if (role == Role::platform && tenant) return refuse("a platform admin is over all tenants: leave it out");
    if ((role == Role::reseller || role == Role::tenant_admin) && !tenant)
        return refuse("this role has one tenant");
    if (tenant && *tenant == 0) return refuse("it is missing");
    return {};
}

}  // namespace provost
