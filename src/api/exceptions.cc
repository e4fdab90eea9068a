// Exceptions from the hardening profile, and the profile itself.
#include "service/exceptions.h"

#include "api/json.h"

#include <charconv>

namespace provost::api {

namespace {

json::object exception_json(const HardeningException& one, const ApiContext& context) {
    const auto policies = context.house.policies.current();
    const auto* const tenant = policies->tenant(one.tenant);
    json::object object{{"id", one.id},
                        {"rule", one.rule},
                        {"tenant", tenant == nullptr ? std::string() : tenant->tenant.slug},
                        {"site", one.site},
                        {"vendor", one.vendor},
                        {"model", one.model},
                        {"device", one.device ? one.device->lower() : std::string()},
                        {"owner", one.owner},
                        {"reason", one.reason},
                        {"made", to_rfc3339(one.made)},
                        {"until", one.until ? json::value(to_rfc3339(*one.until)) : json::value(nullptr)},
                        {"actor", one.actor}};
    object["holds"] = !one.until || context.house.clock.now() < *one.until;
    return object;
}

}  // namespace

Result<ApiReply> list_exceptions(ApiContext& context, const ApiCall&) {
    json::array items;
    const auto policies = context.house.policies.current();
    for (const auto& one : policies->exceptions()) items.push_back(exception_json(one, context));
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
    PROVOST_TRY(const auto made, ExceptionService(context.house).add(draft, call.request.actor));
    return reply(201, exception_json(made, context));
}

Result<ApiReply> remove_exception(ApiContext& context, const ApiCall& call) {
    std::int64_t id = 0;
    const auto& text = call.path[0];
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
    if (error != std::errc() || end != text.data() + text.size())
        return fail(
            {"P-6005", "there is no such exception", "id", "", "'provost exception list' shows them."});
    PROVOST_CHECK(ExceptionService(context.house).remove(id, call.request.actor));
    return reply(200, json::object{{"removed", id}});
}

Result<ApiReply> show_hardening(ApiContext& context, const ApiCall&) {
    json::array items;
    for (const auto& rule : context.house.hardening.rules)
        items.push_back(json::object{{"rule", rule.id},
                                     {"requirement", rule.requirement},
                                     {"says", rule.says},
                                     {"setting", setting(rule.setting).name},
                                     {"values", json::value_from(rule.values)}});
    for (const auto& rule : context.house.hardening.passwords)
        items.push_back(json::object{{"rule", rule.id},
                                     {"requirement", rule.requirement},
                                     {"says", rule.says},
                                     {"setting", setting(rule.secret).name},
                                     {"values", json::array{"made for each phone"}}});
    return page(std::move(items), "");
}

}  // namespace provost::api
