// What was suspicious since the last review.
#include "api/html_page.h"
#include "api/json.h"
#include "domain/text.h"
#include "service/html_page.h"
#include "service/review_keeper.h"
#include "service/review_page.h"

namespace provost::api {

namespace {

json::array to_json(const std::vector<CountOf>& counts, bool with_topics = false) {
    json::array items;
    for (const auto& one : counts) {
        json::object item{{"name", one.name}, {"count", one.count}, {"last", to_rfc3339(one.last)}};
        json::array topics;
        for (const auto& traits : review_topics())
            if ((one.topics >> static_cast<unsigned>(traits.topic) & 1U) != 0)
                topics.push_back(traits.name.data());
        if (with_topics) item["topics"] = std::move(topics);
        items.push_back(std::move(item));
    }
    return items;
}

json::object to_json(const ReviewFinding& one) {
    const auto& traits = traits_of(one.topic);
    json::array examples;
    for (const auto& example : one.examples)
        examples.push_back(
            json::object{{"event", example.event}, {"at", to_rfc3339(example.at)}, {"text", example.text}});
    return {{"topic", traits.name},
            {"weight", to_text(traits.weight)},
            {"says", traits.title},
            {"next_step", traits.next},
            {"count", one.count},
            {"first", to_rfc3339(one.first)},
            {"last", to_rfc3339(one.last)},
            {"networks", one.networks},
            {"sources", to_json(one.sources)},
            {"more_sources", one.more_sources},
            {"devices", to_json(one.devices)},
            {"more_devices", one.more_devices},
            {"tenants", to_json(one.tenants)},
            {"vendors", to_json(one.vendors)},
            {"reasons", to_json(one.reasons)},
            {"evidence", json::value_from(one.evidence)},
            {"examples", std::move(examples)}};
}

json::object to_json(const ReviewMark& mark) {
    return {{"up_to", mark.up_to}, {"at", to_rfc3339(mark.at)}, {"by", mark.by}};
}

json::object to_json(const Review& review) {
    json::array findings, bans;
    for (const auto& one : review.findings) findings.push_back(to_json(one));
    for (const auto& one : review.bans) bans.push_back(provost::to_json(one, review.to));
    json::object body{{"from", to_rfc3339(review.from)},
                      {"to", to_rfc3339(review.to)},
                      {"after", review.after},
                      {"up_to", review.up_to},
                      {"due", review.due},
                      {"events", review.events},
                      {"answered", review.answered},
                      {"refused", review.refused},
                      {"missed", review.missed},
                      {"deliveries", review.deliveries},
                      {"deliveries_broken", review.broken}};
    if (!review.last.by.empty()) body["last"] = to_json(review.last);
    body["findings"] = std::move(findings);
    body["by_network"] = to_json(review.networks, true);
    body["by_vendor"] = to_json(review.vendors, true);
    body["by_tenant"] = to_json(review.tenants, true);
    body["bans_in_force"] = review.bans_in_force;
    body["bans"] = std::move(bans);
    return body;
}

Result<std::optional<std::int64_t>> number_of(const std::string& text, const char* name) {
    if (text.empty()) return std::optional<std::int64_t>();
    if (const auto number = whole_number(text)) return number;
    return fail({"P-8004", std::string("'") + name + "' is not the number of an event", name});
}

// The names of a house that goes on meanwhile.
ReviewNames names_of(House& house) {
    const auto policies = house.policies.current();
    return {[policies](TenantId id) {
                const auto* const view = policies->tenant(id);
                return view == nullptr ? "tenant " + std::to_string(id) : view->tenant.slug;
            },
            [vendors = house.vendors](MacAddress mac) {
                const auto* const vendor = vendors->catalogue().by_mac(mac);
                return vendor == nullptr ? std::string() : vendor->id;
            }};
}

}  // namespace

// ?format=text and ?format=html are the same for people; ?after=ID looks further back, or begins later.
Result<ApiReply> show_review(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto after, number_of(call.query("after"), "after"));
    const auto form = call.query("format");
    if (!form.empty() && form != "json" && form != "text" && form != "html")
        return fail({"P-8004", "'format' is refused", "format", "it is none of json, text, html"});
    auto& house = context.house;
    PROVOST_TRY(const auto review, house.reviews->make(names_of(house), house.clock.now(), after));
    if (form == "text") return ApiReply{200, "text/plain; charset=utf-8", {}, review_text(review)};
    if (form == "html") return html_page(review_html(review, PROVOST_VERSION), page_style());
    return reply(200, to_json(review));
}

Result<ApiReply> mark_review(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"up_to", "note"}));
    PROVOST_TRY(const auto up_to, body.number("up_to"));
    ReviewKeeper::Draft draft;
    PROVOST_TRY(draft.note, body.text("note"));
    if (!up_to) return fail({"P-8002", "the request's body was refused", "body", "'up_to' is missing"});
    draft.up_to = *up_to;
    auto& house = context.house;
    PROVOST_TRY(const auto mark, house.reviews->mark(draft, house.clock.now(), call.request.actor));
    return reply(200, to_json(mark));
}

}  // namespace provost::api
