#include "api/fleet_facts.h"

#include "domain/text.h"
#include "service/alert_keeper.h"
#include "service/device_care.h"
#include "service/event_hooks.h"
#include "service/registrar_hub.h"
#include "service/review_keeper.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t most_held = 1000;

std::string slug_of(const PolicySnapshot& policies, TenantId id) {
    const auto* const view = policies.tenant(id);
    return view == nullptr ? std::string() : view->tenant.slug;
}

void add_certificates(const ServerState& state, Timestamp until, std::vector<EndingCertificate>& list) {
    for (const auto& door : state.doors)
        for (const auto& one : door.certificates)
            if (one.until <= until) list.push_back({"door " + door.name + ", " + one.key_type, one.until});
}

Status add_server_facts(const ApiContext& context, AttentionFacts& facts) {
    const auto& house = context.house;
    const auto state = context.server.state();
    facts.braked = state.braked;
    facts.review_due = house.reviews->state(facts.now).due;
    add_certificates(state, facts.now + certificate_warning, facts.certificates);
    PROVOST_TRY(const auto bans, house.store.bans());
    facts.bans = std::ranges::count_if(bans, [&](const Ban& one) { return one.holds(facts.now); });
    if (house.registrar_hub)
        for (const auto& one : house.registrar_hub->states())
            if (one.away_since) facts.registrars_away.push_back({one.name, one.trouble});
    if (house.alerts)
        for (const auto& one : house.alerts->states())
            if (!one.trouble.empty()) facts.alerts_failing.push_back({one.name, one.trouble});
    if (house.hooks)
        for (const auto& one : house.hooks->states())
            if (!one.trouble.empty()) facts.webhooks_away.push_back({one.name, one.trouble});
    return {};
}

std::string review_words(const ReviewKeeper::State& state) {
    std::string text = state.due ? "due" : "not due";
    if (!state.last.by.empty())
        text +=
            "; last on " + to_rfc3339(state.last.at).substr(0, 10) + " by " + printable(state.last.by, 64);
    return text;
}

Status add_server_report(const ApiContext& context, FleetReport& report) {
    add_certificates(context.server.state(), Timestamp::max(), report.certificates);
    report.review = review_words(context.house.reviews->state(report.at));
    PROVOST_TRY(const auto bans, context.house.store.bans());
    for (const auto& one : bans)
        if (one.holds(report.at))
            report.bans.push_back({one.network.text(), printable(one.rule, 64),
                                   one.until ? to_rfc3339(*one.until) : std::string("removed")});
    return {};
}

Result<MutedCounts> count_muted(const House& house, const std::optional<TenantIds>& tenants, Timestamp now) {
    PROVOST_TRY(const auto muted, muted_devices(house.store, tenants, now));
    const auto policies = house.policies.current();
    MutedCounts counts;
    for (const auto& device : muted) {
        if (device.state == DeviceState::expired) ++counts.expired;
        const auto* const view = policies->tenant(device.tenant);
        const auto window = view == nullptr ? Policy().window : view->policy.window;
        if (is_overdue(device, window, now)) ++counts.overdue[{device.tenant, device.site}];
    }
    return counts;
}

}  // namespace

Result<AttentionFacts> attention_facts(const ApiContext& context, const FleetScope& scope) {
    const auto& house = context.house;
    AttentionFacts facts;
    facts.now = house.clock.now();
    PROVOST_TRY(facts.figures, fleet_figures(house, scope.tenants));
    PROVOST_TRY(const auto held, house.store.fleet().held_keys(scope.tenants, most_held));
    facts.held_keys = static_cast<std::int64_t>(held.size());
    PROVOST_TRY(facts.muted, count_muted(house, scope.tenants, facts.now));
    facts.slug = [policies = house.policies.current()](TenantId id) { return slug_of(*policies, id); };
    if (scope.whole && !scope.tenants) PROVOST_CHECK(add_server_facts(context, facts));
    return facts;
}

Result<FleetReport> fleet_report(const ApiContext& context, const FleetScope& scope,
                                 const std::string& slug) {
    PROVOST_TRY(auto facts, attention_facts(context, scope));
    FleetReport report;
    report.at = facts.now;
    report.scope = slug.empty() ? std::string("all tenants") : "tenant " + slug + " and all below it";
    report.attention = what_needs_a_person(facts);
    report.of_server = scope.whole && !scope.tenants;
    report.figures = std::move(facts.figures);
    report.slug = std::move(facts.slug);
    if (report.of_server) PROVOST_CHECK(add_server_report(context, report));
    return report;
}

}  // namespace provost
