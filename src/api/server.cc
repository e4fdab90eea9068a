#include "api/json.h"
#include "api/openapi.h"
#include "service/tenants.h"

#include <filesystem>

namespace provost::api {

namespace {

json::object door_json(const DoorState& door) {
    json::object body{{"name", door.name},
                      {"address", door.address},
                      {"port", door.port},
                      {"tls", door.tls},
                      {"vendors", json::value_from(door.vendors)},
                      {"access", json::value_from(door.access)}};
    json::object counters;
    for (const auto& [name, count] : door.counters) counters[name] = count;
    body["counters"] = std::move(counters);
    return body;
}

json::object admin_json(const AdminState& admin) {
    json::object counters;
    for (const auto& [name, count] : admin.counters) counters[name] = count;
    return {{"address", admin.address},     {"port", admin.port},
            {"url", admin.origin + "/"},    {"names", json::value_from(admin.names)},
            {"web_files", admin.web_files}, {"counters", std::move(counters)}};
}

// What people look at now and then says that they should look.
void put_review(json::object& body, const ReviewKeeper::State& state) {
    body["review_due"] = state.due;
    if (state.last.by.empty()) return;
    body["reviewed"] = to_rfc3339(state.last.at);
    body["reviewed_by"] = state.last.by;
    body["reviewed_up_to"] = state.last.up_to;
}

}  // namespace

Result<ApiReply> show_server(ApiContext& context, const ApiCall&) {
    const auto state = context.server.state();
    PROVOST_TRY(const auto counts, context.house.store.counts());
    json::object by_state, counters;
    for (const auto& [name, count] : counts.by_state) by_state[name] = count;
    for (const auto& [name, count] : state.counters) counters[name] = count;
    json::array doors;
    for (const auto& door : state.doors) doors.push_back(door_json(door));
    json::object body{{"version", state.version},
                      {"started", to_rfc3339(state.started)},
                      {"address", state.address},
                      {"port", state.port},
                      {"tenants", counts.tenants},
                      {"devices", counts.devices},
                      {"secrets", counts.secrets},
                      {"outbox_waiting", counts.outbox_waiting},
                      {"events", counts.events},
                      {"key_holder", state.key_holder},
                      {"sandbox", state.sandbox},
                      {"epoch", state.epoch},
                      {"epoch_started", to_rfc3339(state.epoch_started)},
                      {"expiry_braked", state.braked}};
    put_review(body, context.house.reviews->state(context.house.clock.now()));
    body["devices_by_state"] = std::move(by_state);
    body["counters"] = std::move(counters);
    body["doors"] = std::move(doors);
    if (state.admin) body["admin"] = admin_json(*state.admin);
    return reply(200, body);
}

Result<ApiReply> reload_server(ApiContext& context, const ApiCall&) {
    PROVOST_CHECK(context.server.reload());
    return reply(200, json::object{{"outcome", "reloaded"}});
}

Result<ApiReply> close_epoch(ApiContext& context, const ApiCall&) {
    PROVOST_CHECK(context.server.close_epoch());
    PROVOST_TRY(const auto epochs, context.house.keys.epochs());
    return reply(200, json::object{{"outcome", "epoch closed"}, {"epoch", epochs.current}});
}

Result<ApiReply> release_brake(ApiContext& context, const ApiCall&) {
    context.server.release_brake();
    return reply(200, json::object{{"outcome", "released"}});
}

Result<ApiReply> create_backup(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"path"}));
    PROVOST_TRY(const auto path, body.text("path"));
    std::error_code error;
    if (!std::filesystem::path(path).is_absolute() || std::filesystem::exists(path, error))
        return fail({"P-8008", "the backup can't be written there", "path",
                     "it is not absolute, or something is there already"});
    // A copy of everything is never made without a trace, so this comes first.
    PROVOST_CHECK(context.house.store.apply([&](Transaction& transaction) {
        auto event = change_event("backup.begun", call.request.actor, context.house.clock.now());
        event.detail = path;
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    PROVOST_CHECK(context.house.store.backup_to(path));
    return reply(201, json::object{{"path", path}, {"bytes", std::filesystem::file_size(path, error)}});
}

Result<ApiReply> show_openapi(ApiContext&, const ApiCall&) {
    return reply(200, openapi_document());
}

}  // namespace provost::api
