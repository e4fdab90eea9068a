// What the metrics listener tells of the webhooks for events.
#include "app/server_metrics.h"
#include "service/event_hooks.h"

#include <algorithm>

namespace provost {

void ServerMetrics::add_webhooks(Exposition& page) const {
    if (!parts_.house.hooks) return;
    const auto states = parts_.house.hooks->states();
    if (states.empty()) return;
    const auto each = [&](std::uint64_t EventHookState::*member) {
        for (const auto& one : states) page.sample(one.*member, {{"webhook", one.name}});
    };
    page.gauge("provost_webhook_up", "1 if the last try went well.");
    for (const auto& one : states)
        page.sample(std::uint64_t{one.trouble.empty() ? 1U : 0U}, {{"webhook", one.name}});
    page.counter("provost_webhook_events_sent_total", "Events that the receiver took.");
    each(&EventHookState::sent);
    page.counter("provost_webhook_failures_total", "Tries that failed; each is tried again.");
    each(&EventHookState::failed);
    page.counter("provost_webhook_events_missed_total", "Events pruned before the webhook came to them.");
    each(&EventHookState::missed);
    const auto newest = parts_.house.store.last_events({}, 1);
    if (!newest || newest->empty()) return;
    page.gauge("provost_webhook_events_behind", "Events that the webhook has not come to, for it or not.");
    for (const auto& one : states)
        page.sample(std::max<std::int64_t>(0, newest->front().id - one.position), {{"webhook", one.name}});
}

}  // namespace provost
