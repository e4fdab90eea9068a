#include "api/second_person.h"

#include "api/approval_json.h"
#include "api/arm_jobs.h"
#include "api/device_choice.h"
#include "api/json.h"
#include "service/trust_judgement.h"

#include <algorithm>

namespace provost {

namespace {

// Of a body that the handler refuses anyway, nothing.
std::string text_of(const json::object& body, std::string_view name) {
    const auto* const value = body.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::object object_of(const ApiCall& call) {
    boost::system::error_code bad;
    auto body = json::parse(call.request.body, bad);
    return !bad && body.is_object() ? std::move(body.get_object()) : json::object();
}

// Where it is about more than one device: the tenant, with all below it. What takes back what was loosened,
// or ends what was begun, is about none.
std::vector<TenantId> place_of(const ApiContext& context, const Route& route, const ApiCall& call,
                               const std::vector<TenantId>& path) {
    if (route.action != Action::exception_change && route.action != Action::tenant_resync) return path;
    if (route.method == "DELETE") return {};
    if (route.action == Action::tenant_resync) return path;
    const auto body = object_of(call);
    return text_of(body, "device").empty() ? context.sight.path_to(text_of(body, "tenant"))
                                           : std::vector<TenantId>();
}

// An import that would trust nothing, as no vendor file pins its certificates or its file holds none, is
// answered at once: what it says is what the next one needs.
bool trusts_something(const ApiContext& context, const Route& route, const ApiCall& call) {
    if (route.method != "POST") return true;
    const auto judged =
        judge_anchors(context.house, call.request.body,
                      {call.query("vendor"), call.query("anchor"), call.query("fingerprint")});
    const auto is_known = [](const JudgedAnchor& one) { return one.place.vendor != nullptr; };
    return judged && std::ranges::any_of(*judged, is_known);
}

Error armed_too_many() {
    return {"P-8413", "you gave as many devices fresh secrets within the hour as one person may", "device",
            "more than that is for two persons to decide",
            "Arm the rest together: choose them in the list, or POST /v1/arms. Another person approves it."};
}

// By then it is fixed which devices it is about, whatever a filter would find a day later and whoever
// approves it: it may see more than who asked.
std::string named_body(const ApiCall& call, const DeviceChoice& choice) {
    auto body = object_of(call);
    json::array devices;
    for (const auto mac : choice.in_sight) devices.push_back(json::string(mac.lower()));
    body.erase("all");
    body["devices"] = std::move(devices);
    return json::serialize(body);
}

// What one person may do alone within the hour is taken off; nullopt where that was enough.
Result<std::optional<Reached>> ask_of_allowance(ApiContext& context, const Route& route, const ApiCall& call,
                                                const Permission& permission) {
    Reached reached{permission.path(), 1};
    if (route.fresh == FreshSecrets::of_tenant && !reached.path.empty()) {
        PROVOST_TRY(reached.devices, context.approvals.devices_of(reached.path.back()));
    }
    if (route.fresh == FreshSecrets::of_chosen) {
        PROVOST_TRY(const auto chosen, choose_devices(context, call));
        reached = {chosen->path, static_cast<std::int64_t>(chosen->in_sight.size())};
    }
    if (context.arms.allowance().take(call.request.who, reached.devices, context.house.clock.now()))
        return std::nullopt;
    if (route.fresh == FreshSecrets::of_device) return fail(armed_too_many());
    return reached;
}

}  // namespace

Result<std::optional<Reached>> ask_second_person(ApiContext& context, const Route& route, const ApiCall& call,
                                                 const Permission& permission) {
    const std::optional<Reached> nobody;
    const auto& who = call.request.who;
    if (context.approved || route.method == "GET") return nobody;
    if (route.fresh != FreshSecrets::none) return ask_of_allowance(context, route, call, permission);
    if (route.action == Action::trust_change && !trusts_something(context, route, call)) return nobody;
    auto path = place_of(context, route, call, permission.path());
    PROVOST_TRY(const auto devices, context.approvals.reach(who, route.action, path));
    return devices ? std::optional(Reached{std::move(path), *devices}) : nobody;
}

Result<ApiReply> hold(ApiContext& context, const Route& route, const ApiCall& call,
                      const Permission& permission, const Reached& reached) {
    const auto& request = call.request;
    const auto if_match = request.headers.find("if-match");
    PendingCall pending;
    pending.by = request.actor;
    pending.person = request.who.person;
    pending.tenant = reached.path.empty() ? 0 : reached.path.back();
    pending.devices = reached.devices;
    pending.action = permission.action();
    pending.method = request.method;
    pending.path = request.path;
    pending.query = request.query;
    pending.body = request.body;
    if (route.fresh == FreshSecrets::of_chosen) {
        PROVOST_TRY(const auto chosen, choose_devices(context, call));
        pending.body = named_body(call, *chosen);
        pending.query.clear();
    }
    if (if_match != request.headers.end()) pending.if_match = if_match->second;
    PROVOST_TRY(const auto kept, context.approvals.add(std::move(pending)));
    return reply(202, json::object{{"approval", to_json(kept, context, BodyShown::begin)}});
}

}  // namespace provost
