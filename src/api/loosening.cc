#include "api/loosening.h"

#include "api/json.h"
#include "api/permission.h"
#include "domain/policy_loosening.h"
#include "service/policy_overlay.h"
#include "service/tenants.h"

namespace provost {

namespace {

// What holds before: of a new tenant, what it would inherit.
Policy before_of(const ApiContext& context, const Route& route, const ApiCall& call, const Body& body) {
    const auto policies = context.house.policies.current();
    const auto parent = body.text("parent");
    const auto slug = route.action == Action::tenant_change ? call.path.at(0) : parent.value_or("");
    const auto* const view = slug.empty() ? nullptr : policies->tenant(std::string_view(slug));
    return view == nullptr ? Policy() : view->policy;
}

}  // namespace

Status check_loosening(const ApiContext& context, const Route& route, const ApiCall& call) {
    const bool has_policy = route.action == Action::tenant_change || route.action == Action::tenant_create;
    if (!has_policy || context.sight.actor().stepped_up) return {};
    const auto body = Body::read(call, {"slug", "name", "parent", "settings", "policy"});
    const auto typed = body ? body->settings("policy") : Result<RawSettings>(RawSettings());
    PolicyOverrides overrides;
    if (!body || !typed || !apply_policy(*typed, overrides)) return {};
    const auto before = before_of(context, route, call, *body);
    auto after = before;
    overlay(overrides, after);
    std::string names;
    for (const auto name : loosened(before, after)) names += (names.empty() ? "" : ", ") + std::string(name);
    if (names.empty()) return {};
    auto error = needs_step_up("policy");
    error.why = "it loosens " + names + "; that needs a proof that is no older than five minutes";
    return fail(std::move(error));
}

}  // namespace provost
