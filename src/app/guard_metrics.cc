// The guard's counters and whether a review is due, for Prometheus.
#include "app/server_metrics.h"
#include "service/alert_keeper.h"

namespace provost {

void ServerMetrics::add_guard(Exposition& page) const {
    if (!parts_.house.guard) return;
    const GuardPost& guard = *parts_.house.guard;
    page.counter("provost_guard_stopped_total", "How often a limit cut somebody off, or would have ('dry').");
    for (const auto& traits : limits()) {
        page.sample(guard.gate().stopped(traits.limit), {{"rule", traits.name}, {"dry", "no"}});
        if (guard.gate().is_dry(traits.limit))
            page.sample(guard.gate().would_have_stopped(traits.limit),
                        {{"rule", traits.name}, {"dry", "yes"}});
    }
    page.counter("provost_guard_findings_total", "What the detector found.");
    for (const auto& traits : suspicions())
        page.sample(guard.found(traits.suspicion), {{"rule", traits.name}});
    const auto bans = guard.ban_counts(parts_.house.clock.now());
    page.gauge("provost_guard_bans", "Networks that are banned now.");
    page.sample(bans.in_force);
    page.counter("provost_guard_bans_not_made_total", "Bans that the table had no room for.");
    page.sample(bans.not_made);
}

// A target's place in the configuration names it: its address is nobody's business here.
void ServerMetrics::add_alerts(Exposition& page) const {
    if (!parts_.house.alerts) return;
    const auto states = parts_.house.alerts->states();
    if (states.empty()) return;
    const auto each = [&](std::uint64_t CourierState::*member) {
        for (std::size_t i = 0; i < states.size(); ++i)
            page.sample(states[i].*member, {{"target", std::to_string(i + 1)}});
    };
    page.counter("provost_alert_messages_sent_total", "Messages that a target outside took.");
    each(&CourierState::sent);
    page.counter("provost_alert_messages_failed_total", "Tries that failed; each is tried again.");
    each(&CourierState::failed);
    page.counter("provost_alert_messages_dropped_total", "Messages that had to make room.");
    each(&CourierState::dropped);
    page.gauge("provost_alert_messages_waiting", "Messages that wait.");
    for (std::size_t i = 0; i < states.size(); ++i)
        page.sample(std::uint64_t{states[i].waiting}, {{"target", std::to_string(i + 1)}});
}

void ServerMetrics::add_updates(Exposition& page) const {
    if (parts_.updates == nullptr) return;
    const auto state = parts_.updates->state();
    page.gauge("provost_update_advisories", "Advisories of the release feed about what runs here.");
    page.sample(std::uint64_t{state.hits});
    page.gauge("provost_update_newer", "1 if the feed knows a newer Provost.");
    page.sample(std::uint64_t{state.newer ? 1U : 0U});
    page.gauge("provost_update_feed_timestamp_seconds", "When a feed was taken last; 0: never.");
    page.sample(static_cast<double>(to_millis(state.asked)) / 1e3);
}

void ServerMetrics::add_review(Exposition& page) const {
    const auto now = parts_.house.clock.now();
    const auto state = parts_.house.reviews->state(now);
    page.gauge("provost_review_due", "1 while a review of suspicious activity is due.");
    page.sample(std::uint64_t{state.due ? 1U : 0U});
    page.gauge("provost_review_age_seconds", "How long ago the last review was marked, or the first start.");
    const bool known = state.since != Timestamp();
    page.sample(known ? std::chrono::duration<double>(now - state.since).count() : 0.0);
}

}  // namespace provost
