#include "service/devices.h"

#include "api/diagnostics_json.h"
#include "api/json.h"
#include "api/rating_json.h"
#include "vendor/scorecard.h"

namespace provost::api {

namespace {

ApiReply with_etag(ApiReply answer, const Device& device) {
    answer.headers["ETag"] = "\"" + std::to_string(device.version) + "\"";
    return answer;
}

ApiReply device_reply(int status, const ApiContext& context, const Device& device,
                      const std::vector<std::string>& warnings = {}) {
    auto body = to_json(device, *context.house.policies.current());
    if (!warnings.empty()) body["warnings"] = json::value_from(warnings);
    return with_etag(reply(status, body), device);
}

// What whoever adds a phone of this vendor should know (R-A9).
std::vector<std::string> warnings_of(const ApiContext& context, const Device& device) {
    const auto* const vendor = context.house.vendors->find(device.vendor);
    if (vendor == nullptr) return {};
    auto warning = adoption_warning(*vendor);
    if (warning.empty()) return {};
    return {std::move(warning)};
}

// Whose exception from above lifts a rule, and why, is not the business of those below.
std::string detail_in_sight(const ApiContext& context, const Device& device,
                            const Devices::LintedRule& rule) {
    const auto policies = context.house.policies.current();
    for (const auto* const one : policies->exceptions_for(device, context.house.clock.now()))
        if (one->rule == rule.rule && !context.sight.is_whole() && !context.sight.sees(one->tenant))
            return "an exception of a tenant above";
    return rule.detail;
}

Result<Devices::Draft> read_draft(const ApiCall& call) {
    PROVOST_TRY(const auto body, Body::read(call, {"mac", "tenant", "vendor", "model", "site", "secret_mode",
                                                   "access", "settings"}));
    Devices::Draft draft;
    PROVOST_TRY(draft.mac, body.text("mac"));
    PROVOST_TRY(draft.tenant, body.text("tenant"));
    PROVOST_TRY(draft.vendor, body.text("vendor"));
    PROVOST_TRY(draft.model, body.text("model"));
    PROVOST_TRY(draft.site, body.text("site"));
    PROVOST_TRY(draft.secret_mode, body.text("secret_mode"));
    PROVOST_TRY(draft.access, body.text("access"));
    PROVOST_TRY(draft.settings, body.settings("settings"));
    return draft;
}

// That the MAC is taken is told to whoever may know whose it is; to others, that it is another customer's.
Error told_to(const ApiContext& context, const Devices::Draft& draft, Error error) {
    const auto mac = MacAddress::parse(draft.mac);
    if (error.code != "P-6001" || !mac || context.sight.device(context.house.store, *mac)) return error;
    return foreign_device(*mac);
}

Result<ApiReply> settle_key(ApiContext& context, const ApiCall& call, bool approve) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto device,
                DeviceService(context.house).settle_held_key(mac, approve, call.request.actor));
    return device_reply(200, context, device);
}

json::object parameter_json(const Devices::ExplainedParameter& line) {
    json::array otherwise;
    for (const auto& one : line.otherwise)
        otherwise.push_back(
            json::object{{"layer", one.layer}, {"layer_name", one.layer_name}, {"value", one.value}});
    json::object object{{"parameter", line.parameter},   {"value", line.value},
                        {"setting", line.setting},       {"layer", line.layer},
                        {"layer_name", line.layer_name}, {"why", line.why},
                        {"secret", line.secret},         {"rule", line.rule},
                        {"sources", line.sources},       {"confidence", line.confidence}};
    object["otherwise"] = std::move(otherwise);
    return object;
}

json::object unsent_json(const Devices::Unsent& one) {
    return {{"setting", one.setting},
            {"value", one.value},
            {"layer", one.layer},
            {"layer_name", one.layer_name},
            {"why", one.why}};
}

json::object overruled_json(const Devices::Overruled& one) {
    return {{"setting", one.setting},
            {"value", one.value},
            {"layer", one.layer},
            {"layer_name", one.layer_name},
            {"rule", one.rule}};
}

// Of a phone in no tenant hears who sees all of them: to others it is no other than a foreign one.
Status may_explain(const ApiContext& context, MacAddress mac) {
    PROVOST_TRY(const auto device, context.house.store.device(mac));
    if (!device && context.sight.is_whole()) return {};
    return context.sight.device(context.house.store, mac).map([](const Device&) {});
}

// Of a phone in no tenant.
ApiReply unknown_reply(const Devices::Explanation& explained, const PolicySnapshot& policies) {
    json::array contacts;
    for (const auto& event : explained.contacts) contacts.push_back(to_json(event, policies));
    json::object body{
        {"device", json::object{{"mac", explained.device.mac.lower()}, {"vendor", explained.device.vendor}}},
        {"known", false},
        {"kind", explained.kind},
        {"verdict", explained.verdict},
        {"next_step", explained.next_step},
        {"customer", explained.customer}};
    body["contacts"] = std::move(contacts);
    // What a device has, empty, so that readers need no second form.
    for (const auto* const name : {"tenant", "rating_reason", "rating_raise"}) body[name] = "";
    for (const auto* const name : {"parameters", "unsent", "overruled", "exceptions"})
        body[name] = json::array();
    body["rating"] = 0;
    return reply(200, body);
}

// A MAC may have been another customer's before, and records of deliveries stay. Where the event of its
// making is pruned, so are all those before it.
Result<Timestamp> in_sight_since(const ApiContext& context, MacAddress mac) {
    if (context.sight.is_whole()) return Timestamp();
    EventFilter made;
    made.device = mac;
    made.kind = "device.created";
    PROVOST_TRY(const auto last, context.house.store.last_events(made, 1));
    if (!last.empty()) return last.front().at;
    PROVOST_TRY(const auto oldest, context.house.store.events({}, 0, 1));
    return oldest.empty() ? context.house.clock.now() : oldest.front().at;
}

}  // namespace

Result<ApiReply> create_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto draft, read_draft(call));
    PROVOST_CHECK(context.sight.tenant(draft.tenant));
    auto made = DeviceService(context.house).create(draft, call.request.actor);
    if (!made) return fail(told_to(context, draft, std::move(made).error()));
    const auto& device = *made;
    return device_reply(201, context, device, warnings_of(context, device));
}

Result<ApiReply> show_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto device, context.house.store.device(mac));
    if (!device) return fail(no_device(mac));
    PROVOST_TRY(const auto rated, rate_device(context.house, *device));
    auto body = to_json(*device, *context.house.policies.current());
    body["rating"] = to_json(rated);
    return with_etag(reply(200, body), *device);
}

Result<ApiReply> change_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto draft, read_draft(call));
    PROVOST_TRY(const auto device,
                DeviceService(context.house).change(mac, draft, call.if_match(), call.request.actor));
    return device_reply(200, context, device);
}

Result<ApiReply> remove_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_CHECK(DeviceService(context.house).remove(mac, call.request.actor));
    return reply(200, json::object{{"removed", mac.lower()}});
}

Result<ApiReply> arm_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto body, Body::read(call, {"forget_key", "reason"}));
    Devices::Arming arming;
    PROVOST_TRY(arming.forget_key, body.flag("forget_key"));
    PROVOST_TRY(arming.reason, body.reason());
    PROVOST_TRY(const auto device, DeviceService(context.house).arm(mac, arming, call.request.actor));
    return device_reply(200, context, device);
}

// The one time that the address is told.
Result<ApiReply> create_token(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto body, Body::read(call, {"networks", "window"}));
    Devices::TokenDraft draft;
    PROVOST_TRY(draft.networks, body.text("networks"));
    PROVOST_TRY(draft.window, body.text("window"));
    PROVOST_TRY(const auto made, DeviceService(context.house).make_token(mac, draft, call.request.actor));
    json::object told{{"address", made.address}, {"url", made.url}, {"until", to_rfc3339(made.until)}};
    if (!made.networks.empty()) told["networks"] = to_text(made.networks);
    return reply(201, told);
}

Result<ApiReply> remove_token(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto device, DeviceService(context.house).revoke_token(mac, call.request.actor));
    return device_reply(200, context, device);
}

Result<ApiReply> retire_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto device, DeviceService(context.house).retire(mac, call.request.actor));
    return device_reply(200, context, device);
}

Result<ApiReply> approve_key(ApiContext& context, const ApiCall& call) {
    return settle_key(context, call, true);
}
Result<ApiReply> reject_key(ApiContext& context, const ApiCall& call) {
    return settle_key(context, call, false);
}

Result<ApiReply> preview_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto preview,
                DeviceService(context.house).preview(mac, call.query("without_secrets") != "true"));
    return reply(200, json::object{{"content_type", preview.content_type},
                                   {"syntax", preview.syntax},
                                   {"text", preview.text},
                                   {"findings", json::value_from(preview.findings)}});
}

Result<ApiReply> lint_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto device, context.sight.device(context.house.store, mac));
    PROVOST_TRY(const auto rules, DeviceService(context.house).lint(mac));
    json::array items;
    for (const auto& rule : rules)
        items.push_back(json::object{{"rule", rule.rule},
                                     {"requirement", rule.requirement},
                                     {"severity", rule.severity},
                                     {"says", rule.says},
                                     {"state", rule.state},
                                     {"detail", detail_in_sight(context, device, rule)}});
    return page(std::move(items), "");
}

Result<ApiReply> explain_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_CHECK(may_explain(context, mac));
    PROVOST_TRY(const auto explained, DeviceService(context.house).explain(mac));
    const auto policies = context.house.policies.current();
    if (!explained.known) return unknown_reply(explained, *policies);
    json::array parameters, contacts, unsent;
    for (const auto& one : explained.unsent) unsent.push_back(unsent_json(one));
    for (const auto& line : explained.parameters) parameters.push_back(parameter_json(line));
    for (const auto& event : explained.contacts)  // the MAC may have been another customer's before
        if (context.sight.sees(event.tenant)) contacts.push_back(to_json(event, *policies));
    json::object body{{"device", to_json(explained.device, *policies)},
                      {"tenant", explained.tenant},
                      {"known", true},
                      {"kind", explained.kind},
                      {"verdict", explained.verdict},
                      {"next_step", explained.next_step},
                      {"customer", explained.customer},
                      {"rating", explained.rating},
                      {"rating_reason", explained.rating_reason},
                      {"rating_raise", explained.rating_raise}};
    json::array overruled, exceptions;
    for (const auto& one : explained.overruled) overruled.push_back(overruled_json(one));
    for (const auto& one : explained.exceptions)
        if (context.sight.sees(one.tenant))
            exceptions.push_back(to_json(one, *policies, context.house.clock.now()));
    PROVOST_TRY(const auto window, Diagnostics(context.house).show(mac));
    body["diagnostics"] = to_json(window);
    body["overruled"] = std::move(overruled);
    body["exceptions"] = std::move(exceptions);
    body["parameters"] = std::move(parameters);
    body["unsent"] = std::move(unsent);
    body["contacts"] = std::move(contacts);
    return reply(200, body);
}

Result<ApiReply> device_deliveries(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto limit, call.limit(1000));
    PROVOST_TRY(const auto records, context.house.store.deliveries(mac, limit));
    PROVOST_TRY(const auto since, in_sight_since(context, mac));
    json::array items;
    for (const auto& record : records)
        if (record.at >= since) items.push_back(to_json(record));
    return page(std::move(items), "");
}

}  // namespace provost::api
