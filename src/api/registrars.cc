// The registrars of the configuration: whether they answer, what waits for them, and whether they have what
// they were told.
#include "api/json.h"
#include "service/drift.h"
#include "service/registrar_hub.h"
#include "service/registration.h"

namespace provost::api {

namespace {

constexpr std::size_t refused_shown = 100;

Error none_configured() {
    return {"P-8101", "there is no registrar", "registrars", "the configuration names none",
            "Write 'registrars: [...]' into it and restart."};
}

Result<RegistrarHub*> hub_of(const ApiContext& context) {
    if (context.house.registrar_hub) return context.house.registrar_hub.get();
    return fail(none_configured());
}

Result<json::object> state_json(const ApiContext& context, const RegistrarState& state) {
    PROVOST_TRY(const auto queue, context.house.store.registrar_queue().state(state.name));
    json::object object{{"name", state.name},
                        {"kind", state.kind},
                        {"state", state.away_since ? "away"
                                  : state.answered ? "well"
                                                   : "not asked yet"},
                        {"waiting", queue.waiting},
                        {"refused", queue.refused},
                        {"told", state.told},
                        {"failures", state.failures},
                        {"confirmed", state.confirmed},
                        {"trouble", state.trouble}};
    if (state.away_since) object["away_since"] = to_rfc3339(*state.away_since);
    if (state.answered) object["answered"] = to_rfc3339(*state.answered);
    if (queue.oldest) object["oldest"] = to_rfc3339(*queue.oldest);
    object["lists_accounts"] = state.abilities.lists_accounts;
    object["tells_registrations"] = state.abilities.tells_registrations;
    return object;
}

json::object refused_json(const QueuedEntry& queued) {
    return {{"id", queued.entry.id},     {"device", queued.entry.device.lower()},
            {"user", queued.entry.user}, {"realm", queued.entry.realm},
            {"tries", queued.tries},     {"next", to_rfc3339(queued.due)},
            {"trouble", queued.trouble}};
}

std::string remedy_of(const Drift& drift) {
    if (drift.kind == DriftKind::foreign) return "nothing: it is not ours";
    if (drift.repaired) return "nothing: it is withdrawn again";
    if (drift.kind == DriftKind::not_gone) return "check again with --repair";
    return "provost device rotate " + (drift.device ? drift.device->lower() : "MAC");
}

json::object to_json(const Drift& drift) {
    json::object object{{"what", to_text(drift.kind)},  {"user", drift.account.user},
                        {"realm", drift.account.realm}, {"device", drift.device ? drift.device->lower() : ""},
                        {"repaired", drift.repaired},   {"next_step", remedy_of(drift)}};
    return object;
}

}  // namespace

Result<ApiReply> list_registrars(ApiContext& context, const ApiCall&) {
    json::array items;
    if (context.house.registrar_hub)
        for (const auto& state : context.house.registrar_hub->states()) {
            PROVOST_TRY(auto item, state_json(context, state));
            items.push_back(std::move(item));
        }
    return page(std::move(items), "");
}

Result<ApiReply> show_registrar(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(auto* const hub, hub_of(context));
    const auto& name = call.path.at(0);
    PROVOST_TRY([[maybe_unused]] auto* const known, hub->registrar(name));
    json::object body;
    for (const auto& state : hub->states())
        if (state.name == name) {
            PROVOST_TRY(body, state_json(context, state));
        }
    PROVOST_TRY(const auto refused, context.house.store.registrar_queue().refused(name, refused_shown));
    json::array accounts;
    for (const auto& one : refused) accounts.push_back(refused_json(one));
    body["refused_accounts"] = std::move(accounts);
    return reply(200, body);
}

Result<ApiReply> replay_registrar(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"account"}));
    PROVOST_TRY(const auto account, body.text("account"));
    PROVOST_TRY(auto* const hub, hub_of(context));
    PROVOST_TRY(const auto count, hub->replay(call.path.at(0), account));
    return reply(202, json::object{{"entries", count}});
}

Result<ApiReply> check_registrar(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"repair"}));
    PROVOST_TRY(const auto repair, body.flag("repair"));
    PROVOST_TRY(auto* const hub, hub_of(context));
    PROVOST_TRY(auto* const registrar, hub->registrar(call.path.at(0)));
    PROVOST_TRY(const auto report,
                provost::check_registrar(context.house, call.path.at(0), *registrar, repair));
    json::array drifts;
    for (const auto& drift : report.drifts) drifts.push_back(to_json(drift));
    json::object answer{{"accounts", report.accounts},
                        {"alike", report.alike},
                        {"waiting", report.waiting},
                        {"found", report.found},
                        {"repaired", report.repaired}};
    answer["drifts"] = std::move(drifts);
    return reply(200, answer);
}

// By registrars that call a program when a phone registers.
Result<ApiReply> note_registration(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"user", "realm"}));
    SeenRegistration seen;
    PROVOST_TRY(seen.account.user, body.text("user"));
    PROVOST_TRY(seen.account.realm, body.text("realm"));
    seen.renewed = context.house.clock.now();
    PROVOST_TRY(const auto ended, confirm_registration(context.house, seen, call.request.actor));
    return reply(200, json::object{{"grace_ended", ended}});
}

}  // namespace provost::api
