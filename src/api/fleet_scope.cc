#include "api/fleet_scope.h"

#include "service/fleet_figures.h"

namespace provost {

Result<FleetScope> scope_of(const ApiContext& context, const ApiCall& call) {
    const auto slug = call.query("tenant");
    if (slug.empty()) return FleetScope{context.sight.tenants(), context.sight.is_whole()};
    PROVOST_TRY(const auto* const view, context.sight.tenant(slug));
    return FleetScope{context.house.policies.current()->within(view->tenant.id), false};
}

Result<std::optional<bool>> query_flag(const ApiCall& call, const std::string& name) {
    const auto text = call.query(name);
    if (text.empty()) return std::optional<bool>();
    if (text == "true" || text == "false") return std::optional<bool>(text == "true");
    return fail({"P-8004", "'" + name + "' is refused", name, "it is neither true nor false"});
}

}  // namespace provost
