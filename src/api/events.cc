#include "api/event_page.h"
#include "api/json.h"

#include <algorithm>
#include <chrono>
#include <thread>

namespace provost::api {

namespace {

Result<EventFilter> read_filter(const ApiContext& context, const ApiCall& call) {
    EventFilter filter;
    filter.within = context.sight.tenants();
    filter.kind = call.query("kind");
    filter.rule = call.query("rule");
    filter.refusals_only = call.query("refused") == "true";
    if (const auto text = call.query("device"); !text.empty()) {
        filter.device = MacAddress::parse(text);
        if (!filter.device)
            return fail({"P-8003", "'" + text.substr(0, 32) + "' is not a MAC address", "device"});
    }
    return filter;
}

ApiReply page_of(const std::vector<Event>& events, const PolicySnapshot& policies) {
    json::array items;
    for (const auto& event : events) items.push_back(to_json(event, policies));
    return page(std::move(items), events.empty() ? "" : std::to_string(events.back().id));
}

}  // namespace

// ?after=ID lists what follows it and, with ?wait=SECONDS, waits for the first (30 at most); ?last=true
// begins with the newest.
Result<ApiReply> list_events(ApiContext& context, const ApiCall& call) {
    using namespace std::chrono;
    PROVOST_TRY(const auto filter, read_filter(context, call));
    PROVOST_TRY(const auto limit, call.limit(1000));
    auto& store = context.house.store;
    std::vector<Event> events;
    if (call.query("last") == "true") {
        PROVOST_TRY(events, store.last_events(filter, limit));
        std::reverse(events.begin(), events.end());
    } else {
        const auto after = call.number("after").value_or(0);
        const auto deadline =
            steady_clock::now() + seconds(std::clamp<std::int64_t>(call.number("wait").value_or(0), 0, 30));
        for (;;) {
            PROVOST_TRY(events, store.events(filter, after, limit));
            if (!events.empty() || steady_clock::now() >= deadline) break;
            std::this_thread::sleep_for(milliseconds(100));
        }
    }
    return page_of(events, *context.house.policies.current());
}

Result<ApiReply> list_outbox(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto limit, call.limit(1000));
    PROVOST_TRY(const auto entries,
                context.house.store.outbox(call.query("all") != "true", {call.query("after"), limit}));
    json::array items;
    for (const auto& entry : entries) items.push_back(to_json(entry));
    return page(std::move(items), entries.size() == limit ? std::to_string(entries.back().id) : "");
}

}  // namespace provost::api

std::string provost::event_page(const std::vector<Event>& events, const PolicySnapshot& policies) {
    return api::page_of(events, policies).body;
}
