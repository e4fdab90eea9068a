// The guard's counters and whether a review is due, for Prometheus.
#include "app/server_metrics.h"

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
    page.counter("provost_guard_stopped_total",
                 "How often a limit cut somebody off, or would have ('dry_run').");
    each([&](std::string_view name, std::uint64_t count) {
        if (name.starts_with(of_findings) || name.starts_with(of_bans)) return;
        auto rule = after(name, of_guard);
        const bool dry_run = rule.ends_with(dry);
        if (dry_run) rule.remove_suffix(dry.size());
        page.sample(count, {{"rule", rule}, {"dry_run", dry_run ? "yes" : "no"}});
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
