// The programs outside that are told of events, and how far each is.
#include "api/json.h"
#include "service/event_hooks.h"

#include <algorithm>

namespace provost::api {

namespace {

json::object to_json(const EventHookState& state, std::int64_t newest) {
    json::object object{{"name", state.name},
                        {"target", state.target},
                        {"events", json::value_from(state.events)},
                        {"position", state.position},
                        {"behind", std::max<std::int64_t>(0, newest - state.position)},
                        {"sent", state.sent},
                        {"failed", state.failed},
                        {"missed", state.missed},
                        {"trouble", state.trouble}};
    if (!state.tenant.empty()) object["tenant"] = state.tenant;
    if (state.answered) object["answered"] = to_rfc3339(*state.answered);
    if (state.waiting_since) object["waiting_since"] = to_rfc3339(*state.waiting_since);
    return object;
}

}  // namespace

Result<ApiReply> list_webhooks(ApiContext& context, const ApiCall&) {
    json::array items;
    if (!context.house.hooks) return page(std::move(items), "");
    const auto states = context.house.hooks->states();
    PROVOST_TRY(const auto newest, context.house.store.last_events({}, 1));
    for (const auto& one : states) items.push_back(to_json(one, newest.empty() ? 0 : newest.front().id));
    return page(std::move(items), "");
}

Result<ApiReply> test_webhook(ApiContext& context, const ApiCall& call) {
    if (!context.house.hooks)
        return fail({"P-2091", "there is no webhook", "webhooks", "the server tells none of events"});
    PROVOST_TRY(const auto id, context.house.hooks->test(call.path.at(0), call.request.actor));
    return reply(202, json::object{{"event", id}});
}

}  // namespace provost::api
