#include "api/event_tail.h"
#include "api/json.h"
#include "domain/text.h"
#include "service/sight.h"

namespace provost::api {

namespace {

constexpr std::size_t events_at_once = 256;
constexpr auto reconnect =
    "retry: 2000\n\n";  // milliseconds; the first bytes, so that the watcher sees it is on

bool is_wanted(const Event& event, const EventFilter& filter) {
    if (filter.device && event.device != filter.device) return false;
    if (!filter.kind.empty() && event.kind != filter.kind) return false;
    if (!filter.refusals_only) return true;
    const auto rule = parse_rule(event.rule);
    return rule && is_refusal(*rule);
}

// One who watches: what, as whom, and up to where it was told.
struct Watch {
    EventTail& tail;
    const PolicyBoard& policies;
    EventFilter filter;
    Actor who;
    std::int64_t told = 0;

    std::optional<std::string> next() {
        const auto events = tail.after(told, events_at_once);
        if (!events) return std::nullopt;  // it comes again, and is told then
        const auto policy = policies.current();
        const Sight sight(who, policy);
        std::string text;
        for (const auto& event : *events) {
            told = event.id;
            if (!is_wanted(event, filter) || !sight.sees(event.tenant)) continue;
            text += "id: " + std::to_string(event.id) +
                    "\ndata: " + json::serialize(to_json(event, *policy)) + "\n\n";
        }
        return text;
    }
};

Result<EventFilter> read_filter(const ApiCall& call) {
    EventFilter filter;
    filter.kind = call.query("kind");
    filter.refusals_only = call.query("refused") == "true";
    if (const auto text = call.query("device"); !text.empty()) {
        filter.device = MacAddress::parse(text);
        if (!filter.device)
            return fail({"P-8003", "'" + printable(text, 32) + "' is not a MAC address", "device"});
    }
    return filter;
}

// Where a watcher was when its connection broke: its browser says so.
Result<std::optional<std::int64_t>> read_place(const ApiCall& call) {
    const auto header = call.request.headers.find("last-event-id");
    const auto text = header != call.request.headers.end() ? header->second : call.query("after");
    if (text.empty()) return std::optional<std::int64_t>();
    const auto place = whole_number(text);
    if (!place) return fail({"P-8004", "that is no event's number", "after"});
    return place;
}

}  // namespace

// Server-sent events (HTML, section 9.2). ?device, ?kind and ?refused=true choose; Last-Event-ID or ?after
// says what was told already, else it begins with what comes next.
Result<ApiReply> stream_events(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto filter, read_filter(call));
    PROVOST_TRY(auto place, read_place(call));
    if (!place) {
        PROVOST_TRY(place, context.events.newest());
    }
    auto watch = std::make_shared<Watch>(
        Watch{context.events, context.house.policies, filter, call.request.who, *place});
    ApiReply reply;
    reply.content_type = "text/event-stream";
    reply.body = reconnect;
    reply.follow = [watch = std::move(watch)]() { return watch->next(); };
    return reply;
}

}  // namespace provost::api
