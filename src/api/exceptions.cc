// Exceptions from the hardening profile, and the profile itself.
#include "service/exceptions.h"

#include "api/json.h"
#include "domain/text.h"
#include "service/tenants.h"

namespace provost::api {

namespace {

// Of what the service itself refuses, it says why; here only what is out of sight is.
Status check_place(const ApiContext& context, const ExceptionService::Draft& draft) {
    if (context.sight.is_whole()) return {};
    const auto mac = MacAddress::parse(draft.device);
    if (mac) return context.sight.device(context.house.store, *mac).map([](const Device&) {});
    if (draft.device.empty()) PROVOST_CHECK(context.sight.tenant(draft.tenant));
    return {};
}

}  // namespace

Result<ApiReply> list_exceptions(ApiContext& context, const ApiCall& call) {
    const auto policies = context.house.policies.current();
    std::optional<TenantId> tenant;
    if (const auto slug = call.query("tenant"); !slug.empty()) {
        PROVOST_TRY(const auto* const view, context.sight.tenant(slug));
        tenant = view->tenant.id;
    }
    json::array items;
    for (const auto& one : policies->exceptions())
        if (context.sight.sees(one.tenant) && (!tenant || one.tenant == *tenant))
            items.push_back(to_json(one, *policies, context.house.clock.now()));
    return page(std::move(items), "");
}

Result<ApiReply> create_exception(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"rule", "tenant", "site", "vendor", "model", "device",
                                                   "owner", "reason", "until"}));
    ExceptionService::Draft draft;
    PROVOST_TRY(draft.rule, body.text("rule"));
    PROVOST_TRY(draft.tenant, body.text("tenant"));
    PROVOST_TRY(draft.site, body.text("site"));
    PROVOST_TRY(draft.vendor, body.text("vendor"));
    PROVOST_TRY(draft.model, body.text("model"));
    PROVOST_TRY(draft.device, body.text("device"));
    PROVOST_TRY(draft.owner, body.text("owner"));
    PROVOST_TRY(draft.reason, body.text("reason"));
    PROVOST_TRY(draft.until, body.text("until"));
    PROVOST_CHECK(check_place(context, draft));
    PROVOST_TRY(const auto made, ExceptionService(context.house).add(draft, call.request.actor));
    return reply(201, to_json(made, *context.house.policies.current(), made.made));
}

Result<ApiReply> remove_exception(ApiContext& context, const ApiCall& call) {
    const auto id = whole_number(call.path[0]);
    if (!id)
        return fail(
            {"P-6005", "there is no such exception", "id", "", "'provost exception list' shows them."});
    PROVOST_CHECK(ExceptionService(context.house).remove(*id, call.request.actor));
    return reply(200, json::object{{"removed", *id}});
}

Result<ApiReply> show_hardening(ApiContext& context, const ApiCall&) {
    json::array items;
    for (const auto& rule : context.house.hardening.rules)
        items.push_back(json::object{{"rule", rule.id},
                                     {"requirement", rule.requirement},
                                     {"severity", to_text(rule.severity)},
                                     {"says", rule.says},
                                     {"setting", setting(rule.setting).name},
                                     {"values", json::value_from(rule.values)}});
    for (const auto& rule : context.house.hardening.passwords)
        items.push_back(json::object{{"rule", rule.id},
                                     {"requirement", rule.requirement},
                                     {"severity", to_text(rule.severity)},
                                     {"says", rule.says},
                                     {"setting", setting(rule.secret).name},
                                     {"values", json::array{"made for each phone"}}});
    return page(std::move(items), "");
}

}  // namespace provost::api
