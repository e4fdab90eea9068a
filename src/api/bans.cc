// Banned networks.
#include "api/json.h"
#include "domain/text.h"
#include "service/nft_set.h"

namespace provost::api {

Result<ApiReply> list_bans(ApiContext& context, const ApiCall& call) {
    const auto now = context.house.clock.now();
    const bool all = call.query("all") == "true";
    PROVOST_TRY(const auto bans, context.house.store.bans());
    if (call.query("format") == "nft") return ApiReply{200, "text/plain", {}, nft_script(bans, now)};
    json::array items;
    for (const auto& one : bans)
        if (all || one.holds(now)) items.push_back(to_json(one, now));
    return page(std::move(items), "");
}

Result<ApiReply> create_ban(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"network", "for", "reason"}));
    GuardPost::Draft draft;
    PROVOST_TRY(draft.network, body.text("network"));
    PROVOST_TRY(draft.length, body.text("for"));
    PROVOST_TRY(draft.reason, body.text("reason"));
    const auto now = context.house.clock.now();
    PROVOST_TRY(const auto made, context.house.guard->add(draft, now, call.request.actor));
    return reply(201, to_json(made, now));
}

Result<ApiReply> remove_ban(ApiContext& context, const ApiCall& call) {
    const auto id = whole_number(call.path[0]);
    if (!id) return fail({"P-6005", "there is no such ban", "id", "", "'provost ban list' shows them."});
    PROVOST_CHECK(context.house.guard->remove(*id, context.house.clock.now(), call.request.actor));
    return reply(200, json::object{{"removed", *id}});
}

}  // namespace provost::api
