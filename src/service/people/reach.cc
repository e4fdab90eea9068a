#include "service/people/reach.h"

namespace provost {

namespace {

// Of a tenant that the actor is over.
bool is_theirs(const PolicySnapshot& policies, const Actor& actor, const Reach& reach) {
    if (!actor.tenant) return true;
    const auto* const view = reach.tenant ? policies.tenant(*reach.tenant) : nullptr;
    return view != nullptr && view->is_within(*actor.tenant);
}

}  // namespace

bool within_reach(const PolicySnapshot& policies, const Actor& actor, const Reach& reach) {
    return may_manage(actor.role, reach.role) && is_theirs(policies, actor, reach);
}

bool within_sight(const PolicySnapshot& policies, const Actor& actor, const Reach& reach) {
    if (actor.role != Role::auditor) return within_reach(policies, actor, reach);
    return is_theirs(policies, actor, reach);
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
