#include "service/tenants.h"

#include "api/json.h"
#include "api/rating_json.h"

namespace provost::api {

namespace {

ApiReply tenant_reply(int status, const ApiContext& context, const Tenant& tenant) {
    auto answer = reply(status, to_json(tenant, *context.house.policies.current()));
    answer.headers["ETag"] = "\"" + std::to_string(tenant.version) + "\"";
    return answer;
}

Result<Tenants::Draft> read_draft(const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"slug", "name", "parent", "settings", "policy"}));
    Tenants::Draft draft;
    PROVOST_TRY(draft.slug, body.text("slug"));
    PROVOST_TRY(draft.name, body.text("name"));
    PROVOST_TRY(draft.parent, body.text("parent"));
    PROVOST_TRY(draft.settings, body.settings("settings"));
    PROVOST_TRY(draft.policy, body.settings("policy"));
    return draft;
}

}  // namespace

Result<ApiReply> list_tenants(ApiContext& context, const ApiCall&) {
    json::array items;
    const auto policies = context.house.policies.current();
    for (const auto& tenant : policies->tenants())
        if (context.sight.sees(tenant.id)) items.push_back(to_json(tenant, *policies));
    return page(std::move(items), "");
}

Result<ApiReply> create_tenant(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto draft, read_draft(call));
    if (!context.sight.is_whole() || !draft.parent.empty()) PROVOST_CHECK(context.sight.tenant(draft.parent));
    PROVOST_TRY(const auto tenant, TenantService(context.house).create(draft, call.request.actor));
    return tenant_reply(201, context, tenant);
}

Result<ApiReply> show_tenant(ApiContext& context, const ApiCall& call) {
    const auto policies = context.house.policies.current();
    PROVOST_TRY(const auto* const view, find_tenant(*policies, call.path[0]));
    PROVOST_TRY(const auto summary, rate_place(context.house, view, std::nullopt));
    auto answer = tenant_reply(200, context, view->tenant);
    auto body = to_json(view->tenant, *policies);
    body["rating"] = to_json(summary);
    answer.body = reply(200, body).body;
    return answer;
}

Result<ApiReply> change_tenant(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto draft, read_draft(call));
    PROVOST_TRY(
        const auto tenant,
        TenantService(context.house).change(call.path[0], draft, call.if_match(), call.request.actor));
    return tenant_reply(200, context, tenant);
}

Result<ApiReply> remove_tenant(ApiContext& context, const ApiCall& call) {
    PROVOST_CHECK(TenantService(context.house).remove(call.path[0], call.request.actor));
    return reply(200, json::object{{"removed", call.path[0]}});
}

Result<ApiReply> put_site(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"settings"}));
    PROVOST_TRY(const auto settings, body.settings("settings"));
    PROVOST_CHECK(
        TenantService(context.house).put_site(call.path[0], call.path[1], settings, call.request.actor));
    return reply(200, json::object{{"tenant", call.path[0]}, {"site", call.path[1]}});
}

Result<ApiReply> put_model(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"settings"}));
    PROVOST_TRY(const auto settings, body.settings("settings"));
    PROVOST_CHECK(TenantService(context.house)
                      .put_model(call.path[0], call.path[1], call.path[2], settings, call.request.actor));
    return reply(200,
                 json::object{{"tenant", call.path[0]}, {"vendor", call.path[1]}, {"model", call.path[2]}});
}

}  // namespace provost::api
