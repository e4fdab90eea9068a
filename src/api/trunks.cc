#include "service/trunks.h"

#include "api/json.h"
#include "service/tenants.h"

#include <algorithm>

namespace provost::api {

// Trunks are few beside phones: one page of each kind of PBX holds the next page of all.
Result<ApiReply> list_trunks(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto limit, call.limit(1000));
    const auto policies = context.house.policies.current();
    DeviceFilter filter;
    filter.within = context.sight.tenants();
    if (const auto slug = call.query("tenant"); !slug.empty()) {
        PROVOST_TRY(const auto* const view, context.sight.tenant(slug));
        filter.tenant = view->tenant.id;
    }
    std::vector<Device> found;
    for (const auto& vendor : context.house.vendors->catalogue().vendors()) {
        if (!vendor.is_pbx) continue;
        filter.vendor = vendor.id;
        PROVOST_TRY(auto some, context.house.store.devices(filter, {call.query("after"), limit}));
        std::move(some.begin(), some.end(), std::back_inserter(found));
    }
    std::sort(found.begin(), found.end(), [](const Device& a, const Device& b) { return a.mac < b.mac; });
    const bool more = found.size() >= limit;
    if (found.size() > limit) found.erase(found.begin() + static_cast<std::ptrdiff_t>(limit), found.end());
    json::array items;
    for (const auto& device : found) items.push_back(to_json(device, *policies));
    return page(std::move(items), more ? found.back().mac.lower() : "");
}

Result<ApiReply> create_trunk(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body,
                Body::read(call, {"tenant", "pbx", "model", "site", "user", "authentication", "settings"}));
    TrunkService::Draft draft;
    PROVOST_TRY(draft.tenant, body.text("tenant"));
    PROVOST_TRY(draft.pbx, body.text("pbx"));
    PROVOST_TRY(draft.model, body.text("model"));
    PROVOST_TRY(draft.site, body.text("site"));
    PROVOST_TRY(draft.user, body.text("user"));
    PROVOST_TRY(draft.authentication, body.text("authentication"));
    PROVOST_TRY(draft.settings, body.settings("settings"));
    PROVOST_CHECK(context.sight.tenant(draft.tenant));
    PROVOST_TRY(const auto device, TrunkService(context.house).create(draft, call.request.actor));
    return reply(201, to_json(device, *context.house.policies.current()));
}

Result<ApiReply> show_trunk_file(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto file, TrunkService(context.house).show_once(mac, call.request.actor));
    ApiReply answer;
    answer.content_type = file.content_type;
    answer.headers["Cache-Control"] = "no-store";
    answer.body = file.text.view();
    return answer;
}

}  // namespace provost::api
