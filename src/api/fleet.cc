// The fleet as a whole: figures, what needs a person, history.
#include "api/fleet_facts.h"
#include "api/html_page.h"
#include "api/json.h"
#include "service/fleet_history.h"

namespace provost::api {

namespace {

constexpr std::size_t names_shown = 100;
constexpr std::size_t sites_shown = 200;

json::array to_json(const std::vector<NameCount>& counts) {
    json::array items;
    for (const auto& one : counts) {
        if (items.size() == names_shown) break;
        items.push_back(json::object{{"name", one.name}, {"count", one.count}});
    }
    return items;
}

json::array to_json(const std::vector<Attention>& list) {
    json::array items;
    for (const auto& one : list)
        items.push_back(json::object{{"kind", one.kind},
                                     {"urgency", to_text(one.urgency)},
                                     {"title", one.title},
                                     {"next_step", one.next},
                                     {"count", one.count},
                                     {"link", one.link}});
    return items;
}

std::string slug_of(const PolicySnapshot& policies, TenantId id) {
    const auto* const view = policies.tenant(id);
    return view == nullptr ? std::string() : view->tenant.slug;
}

json::array sites_json(const std::vector<SilentSite>& sites, const PolicySnapshot& policies) {
    json::array items;
    for (const auto& one : sites) {
        if (items.size() == sites_shown) break;
        items.push_back(json::object{{"tenant", slug_of(policies, one.tenant)},
                                     {"site", one.site},
                                     {"overdue", one.overdue},
                                     {"waiting", one.waiting},
                                     {"seen", one.seen},
                                     {"guess", one.guess()}});
    }
    return items;
}

json::object rating_json(const FleetFigures& figures) {
    json::object object;
    for (std::size_t stars = 5; stars > 0; --stars)
        object[std::to_string(stars)] = figures.by_rating.at(stars);
    object["none"] = figures.by_rating.front();
    return object;
}

json::object to_json(const FleetReport& report, const PolicySnapshot& policies) {
    const auto& figures = report.figures;
    json::object states;
    for (const auto& [state, count] : figures.by_state) states[state] = count;
    json::object body{{"at", to_rfc3339(report.at)},
                      {"scope", report.scope},
                      {"devices", figures.devices},
                      {"retired", figures.retired},
                      {"never_seen", figures.never_seen},
                      {"models", figures.by_model.size()},
                      {"firmwares", figures.by_firmware.size()},
                      {"silent_sites_total", figures.silent.size()}};
    body["by_state"] = std::move(states);
    body["by_vendor"] = to_json(figures.by_vendor);
    body["by_model"] = to_json(figures.by_model);
    body["by_firmware"] = to_json(figures.by_firmware);
    body["by_rating"] = rating_json(figures);
    body["silent_sites"] = sites_json(figures.silent, policies);
    body["attention"] = to_json(report.attention);
    if (!report.of_server) return body;
    json::array certificates, bans;
    for (const auto& one : report.certificates)
        certificates.push_back(json::object{{"name", one.name}, {"until", to_rfc3339(one.until)}});
    for (const auto& one : report.bans)
        bans.push_back(json::object{{"network", one.network}, {"rule", one.rule}, {"until", one.until}});
    body["certificates"] = std::move(certificates);
    body["bans"] = std::move(bans);
    body["review"] = report.review;
    return body;
}

Result<Timestamp> read_time(const ApiCall& call, const std::string& name, Timestamp otherwise) {
    const auto text = call.query(name);
    if (text.empty()) return otherwise;
    if (const auto time = from_rfc3339(text)) return *time;
    return fail({"P-8004", "'" + name + "' is refused", name, "it is no time as RFC 3339 writes it",
                 "Write such as 2026-11-23T12:00:00Z."});
}

Result<HistorySpan> read_span(const ApiContext& context, const ApiCall& call) {
    HistorySpan span;
    const auto step = call.query("step");
    if (!step.empty() && step != "hour" && step != "day")
        return fail({"P-8004", "'step' is refused", "step", "it is neither hour nor day"});
    span.step = step == "day" ? TallySpan::day : TallySpan::hour;
    const auto now = context.house.clock.now();
    PROVOST_TRY(span.to, read_time(call, "to", now + std::chrono::milliseconds(1)));
    const auto usual = std::chrono::hours(span.step == TallySpan::hour ? 48 : 24 * 90);
    PROVOST_TRY(span.from, read_time(call, "from", span.to - usual));
    return check_span(span);
}

template <class Lines>
json::object lines_json(const Lines& lines) {
    json::object object;
    for (const auto& [name, line] : lines) {
        json::array values;
        for (const auto& value : line) values.push_back(json::value_from(value));
        object[name] = std::move(values);
    }
    return object;
}

}  // namespace

Result<ApiReply> show_fleet(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto scope, scope_of(context, call));
    PROVOST_TRY(const auto report, fleet_report(context, scope, call.query("tenant")));
    return reply(200, to_json(report, *context.house.policies.current()));
}

// ?format=html is a page to print, ?format=csv rows for a spreadsheet; json is what GET /v1/fleet says.
Result<ApiReply> show_fleet_report(ApiContext& context, const ApiCall& call) {
    const auto form = call.query("format");
    if (!form.empty() && form != "json" && form != "csv" && form != "html")
        return fail({"P-8004", "'format' is refused", "format", "it is none of json, csv, html"});
    PROVOST_TRY(const auto scope, scope_of(context, call));
    PROVOST_TRY(const auto report, fleet_report(context, scope, call.query("tenant")));
    if (form == "html") return html_page(fleet_report_html(report, PROVOST_VERSION), fleet_report_style());
    if (form == "csv") return ApiReply{200, "text/csv; charset=utf-8", {}, fleet_report_csv(report)};
    return reply(200, to_json(report, *context.house.policies.current()));
}

Result<ApiReply> show_history(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto scope, scope_of(context, call));
    PROVOST_TRY(const auto span, read_span(context, call));
    PROVOST_TRY(const auto history, fleet_history(context.house.store.fleet(), span, scope.tenants));
    json::array times;
    for (const auto at : history.times) times.push_back(json::value(to_rfc3339(at)));
    json::object series;
    series["visits"] = json::value_from(history.visits);
    series["delivered"] = json::value_from(history.delivered);
    series["refusals_by_rule"] = lines_json(history.refusals_by_rule);
    json::object states;
    for (const auto& [name, line] : history.states) {
        json::array values;
        for (const auto& value : line) values.push_back(value ? json::value(*value) : json::value());
        states[name] = std::move(values);
    }
    series["states"] = std::move(states);
    json::object body{{"step", span.step == TallySpan::hour ? "hour" : "day"}};
    body["times"] = std::move(times);
    body["series"] = std::move(series);
    return reply(200, body);
}

}  // namespace provost::api
