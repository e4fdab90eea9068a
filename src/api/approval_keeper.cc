#include "api/approval_keeper.h"

#include "api/json.h"
#include "domain/text.h"
#include "service/ratings.h"
#include "service/tenants.h"

#include <algorithm>
#include <chrono>

namespace provost {

namespace {

constexpr const char* note_name = "approvals";
constexpr auto kept_for = std::chrono::hours(24);
constexpr std::size_t most_pending = 100, longest_body = 64UL * 1024;
constexpr std::size_t longest_list = 512UL * 1024;    // of devices, each named
constexpr std::size_t longest_together = 8UL << 20U;  // all that waits

json::object stored(const PendingCall& call) {
    json::object query;
    for (const auto& [name, value] : call.query) query[name] = value;
    return {{"id", call.id},         {"asked", to_millis(call.asked)},
            {"by", call.by},         {"person", call.person},
            {"tenant", call.tenant}, {"devices", call.devices},
            {"action", call.action}, {"method", call.method},
            {"path", call.path},     {"if_match", call.if_match},
            {"body", call.body},     {"query", std::move(query)}};
}

PendingCall restored(const json::object& object) {
    const auto text = [&](const char* name) { return std::string(object.at(name).as_string()); };
    const auto number = [&](const char* name) { return object.at(name).as_int64(); };
    PendingCall call{number("id"),     from_millis(number("asked")),
                     text("by"),       number("person"),
                     number("tenant"), number("devices"),
                     text("action"),   text("method"),
                     text("path"),     text("if_match"),
                     text("body"),     {}};
    for (const auto& member : object.at("query").as_object())
        call.query[std::string(member.key())] = std::string(member.value().as_string());
    return call;
}

struct Stored {
    std::vector<PendingCall> calls;
    std::int64_t last = 0;  // number given last
};

// A note that doesn't read back holds nothing that could be approved.
Result<Stored> read(Store& store, Timestamp now) {
    PROVOST_TRY(const auto note, store.note(note_name));
    Stored found;
    if (note.empty()) return found;
    try {
        const auto all = json::parse(note);
        found.last = all.at("last").as_int64();
        for (const auto& one : all.at("calls").as_array()) {
            auto call = restored(one.as_object());
            if (now - call.asked < kept_for) found.calls.push_back(std::move(call));
        }
    } catch (const std::exception& error) {
        return fail({"P-6014", "what waits for approval does not read back", note_name, error.what()});
    }
    return found;
}

Event event_of(std::string kind, const PendingCall& call, const std::string& actor, Timestamp now) {
    auto event = change_event(std::move(kind), actor, now);
    event.tenant = call.tenant;
    event.detail = "approval " + std::to_string(call.id) + ": " + call.action + ", asked for by " + call.by;
    return event;
}

}  // namespace

Error no_approval(std::string_view id) {
    return {"P-8411", "nothing waits for approval under this number", "id", printable(id, 32),
            "It was decided, withdrawn, or is older than a day."};
}

Result<std::optional<std::int64_t>> ApprovalKeeper::reach(const Actor& who, Action action,
                                                          std::span<const TenantId> path) const {
    const auto second = second_person(rules_, who, action, !path.empty());
    if (second == SecondPerson::not_needed) return std::nullopt;
    if (second == SecondPerson::needed) return 0;
    PROVOST_TRY(const auto devices, devices_below(path));
    return devices > rules_.devices ? std::optional(devices) : std::nullopt;
}

Result<std::int64_t> ApprovalKeeper::devices_below(std::span<const TenantId> path) const {
    const auto policies = house_.policies.current();
    PROVOST_TRY(const auto summary, rate_place(house_, policies->tenant(path.back()), std::nullopt));
    return summary.devices;
}

Result<std::int64_t> ApprovalKeeper::devices_of(TenantId tenant) const {
    FleetFilter filter;
    filter.tenants = std::vector{tenant};
    PROVOST_TRY(const auto groups, house_.store.fleet().groups(filter));
    std::int64_t devices = 0;
    for (const auto& group : groups)
        if (group.state != DeviceState::retired) devices += group.devices;
    return devices;
}

Status ApprovalKeeper::write(const std::vector<PendingCall>& calls, std::int64_t last, const Event& event) {
    json::array array;
    for (const auto& call : calls) array.push_back(stored(call));
    json::object all{{"last", last}};
    all["calls"] = std::move(array);
    const auto text = json::serialize(all);
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.put_note(note_name, text));
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

Result<PendingCall> ApprovalKeeper::add(PendingCall call) {
    const auto longest = call.path == "/v1/arms" ? longest_list : longest_body;
    if (call.body.size() > longest)
        return fail({"P-8410", "this is too long to wait for approval", "body",
                     std::to_string(longest / 1024) + " KiB at most", "Split it."});
    const std::lock_guard lock(mutex_);
    call.asked = house_.clock.now();
    PROVOST_TRY(auto found, read(house_.store, call.asked));
    auto together = call.body.size();
    for (const auto& one : found.calls) together += one.body.size();
    if (found.calls.size() >= most_pending || together > longest_together)
        return fail({"P-8409", "too much waits for approval already", "", "", "Decide some of it first."});
    call.id = ++found.last;
    found.calls.push_back(call);
    PROVOST_CHECK(write(found.calls, found.last, event_of("approval.asked", call, call.by, call.asked)));
    return call;
}

Result<std::vector<PendingCall>> ApprovalKeeper::pending() const {
    PROVOST_TRY(auto found, read(house_.store, house_.clock.now()));
    return std::move(found.calls);
}

Result<PendingCall> ApprovalKeeper::find(std::int64_t id) const {
    PROVOST_TRY(auto calls, pending());
    const auto found = std::ranges::find(calls, id, &PendingCall::id);
    if (found == calls.end()) return fail(no_approval(std::to_string(id)));
    return std::move(*found);
}

Result<PendingCall> ApprovalKeeper::take(std::int64_t id, std::string_view kind, const std::string& actor) {
    const std::lock_guard lock(mutex_);
    PROVOST_TRY(auto stored, read(house_.store, house_.clock.now()));
    const auto found = std::ranges::find(stored.calls, id, &PendingCall::id);
    if (found == stored.calls.end()) return fail(no_approval(std::to_string(id)));
    auto call = std::move(*found);
    stored.calls.erase(found);
    PROVOST_CHECK(
        write(stored.calls, stored.last, event_of(std::string(kind), call, actor, house_.clock.now())));
    return call;
}

}  // namespace provost
