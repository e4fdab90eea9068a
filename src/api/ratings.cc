#include "api/json.h"
#include "api/rating_json.h"
#include "service/tenants.h"

namespace provost {

json::object to_json(const RatingSummary& summary) {
    const auto counts = [](const std::array<std::int64_t, 6>& by_stars) {
        json::object object;
        for (std::size_t stars = 5; stars > 0; --stars) object[std::to_string(stars)] = by_stars[stars];
        return object;
    };
    json::object object{{"devices", summary.devices}};
    object["lowest"] = summary.lowest() == 0 ? json::value() : json::value(summary.lowest());
    object["proved"] = counts(summary.proved);
    object["expected"] = counts(summary.awaited);
    return object;
}

json::object to_json(const RatedDevice& rated) {
    json::object object{{"stars", rated.stars},
                        {"expected", rated.expected},
                        {"certain", rated.certain},
                        {"reason", rated.reason},
                        {"raise", rated.raise}};
    if (rated.since) object["since"] = to_rfc3339(*rated.since);
    return object;
}

namespace api {

namespace {

constexpr std::size_t lines_shown = 200;

json::object line_json(const RatingLine& line) {
    return {{"stars", line.stars},     {"expected", line.expected}, {"certain", line.certain},
            {"devices", line.devices}, {"vendor", line.vendor},     {"reason", line.reason},
            {"raise", line.raise}};
}

}  // namespace

Result<ApiReply> show_ratings(ApiContext& context, const ApiCall& call) {
    const auto slug = call.query("tenant"), site = call.query("site");
    if (slug.empty() && !site.empty())
        return fail({"P-8004", "a site needs its tenant", "site", "", "Give 'tenant' too."});
    const auto policies = context.house.policies.current();
    const TenantView* tenant = context.sight.own();
    if (!slug.empty()) {
        PROVOST_TRY(tenant, context.sight.tenant(slug));
    }
    PROVOST_TRY(const auto summary,
                rate_place(context.house, tenant, site.empty() ? std::nullopt : std::optional(site)));
    auto body = to_json(summary);
    body["tenant"] = slug;
    body["site"] = site;
    json::array lines;
    for (const auto& line : summary.lines) {
        if (lines.size() == lines_shown) break;
        lines.push_back(line_json(line));
    }
    body["lines"] = std::move(lines);
    body["lines_total"] = summary.lines.size();
    return reply(200, body);
}

}  // namespace api

}  // namespace provost
