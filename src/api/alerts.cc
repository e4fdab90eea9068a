// Whom the server alerts, and whether it reaches them.
#include "api/json.h"
#include "service/alert_keeper.h"

namespace provost::api {

Result<ApiReply> list_alert_targets(ApiContext& context, const ApiCall&) {
    json::array items;
    if (context.house.alerts)
        for (const auto& one : context.house.alerts->states())
            items.push_back(json::object{{"target", one.name},
                                         {"sent", one.sent},
                                         {"failed", one.failed},
                                         {"dropped", one.dropped},
                                         {"waiting", one.waiting},
                                         {"trouble", one.trouble}});
    return page(std::move(items), "");
}

Result<ApiReply> test_alerts(ApiContext& context, const ApiCall& call) {
    if (!context.house.alerts)
        return fail({"P-2090", "nobody is alerted", "alerts", "the server has no alerts"});
    PROVOST_TRY(const auto reached,
                context.house.alerts->test(context.house.clock.now(), call.request.actor));
    return reply(202, json::object{{"targets", reached}});
}

}  // namespace provost::api
