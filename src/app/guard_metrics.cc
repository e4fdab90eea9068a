// The guard's counters and whether a review is due, for Prometheus.
#include "app/server_metrics.h"
#include "service/alert_keeper.h"

namespace provost {

namespace {

// "guard.address-handshakes" without its beginning; empty where it begins otherwise.
std::string_view after(std::string_view name, std::string_view beginning) {
    return name.starts_with(beginning) ? name.substr(beginning.size()) : std::string_view();
}

constexpr std::string_view of_guard = "guard.", of_findings = "guard.found.", of_bans = "guard.bans",
                           dry = ".dry-run";

}  // namespace

void ServerMetrics::add_guard(Exposition& page) const {
    if (!parts_.house.guard) return;
    const auto counters = parts_.house.guard->counters(parts_.house.clock.now());
    const auto each = [&](const auto& use) {
        for (const auto& [name, count] : counters) use(std::string_view(name), count);
    };
    page.counter("provost_guard_stopped_total", "How often a limit cut somebody off, or would have ('dry').");
    each([&](std::string_view name, std::uint64_t count) {
        if (name.starts_with(of_findings) || name.starts_with(of_bans)) return;
        auto rule = after(name, of_guard);
        const bool dry_run = rule.ends_with(dry);
        if (dry_run) rule.remove_suffix(dry.size());
        page.sample(count, {{"rule", rule}, {"dry", dry_run ? "yes" : "no"}});
    });
    page.counter("provost_guard_findings_total", "What the detector found.");
    each([&](std::string_view name, std::uint64_t count) {
        if (const auto rule = after(name, of_findings); !rule.empty()) page.sample(count, {{"rule", rule}});
    });
    page.gauge("provost_guard_bans", "Networks that are banned now.");
    each([&](std::string_view name, std::uint64_t count) {
        if (name == of_bans) page.sample(count);
    });
    page.counter("provost_guard_bans_not_made_total", "Bans that the table had no room for.");
    each([&](std::string_view name, std::uint64_t count) {
        if (name == "guard.bans-not-made") page.sample(count);
    });
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
