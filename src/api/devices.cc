#include "service/devices.h"

#include "api/json.h"
#include "api/rating_json.h"
#include "service/tenants.h"
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

Result<DeviceFilter> read_filter(const ApiContext& context, const ApiCall& call) {
    DeviceFilter filter;
    filter.vendor = call.query("vendor");
    filter.mac_part = call.query("mac");
    filter.not_rotated = call.query("not_rotated") == "true";
    if (const auto slug = call.query("tenant"); !slug.empty()) {
        const auto policies = context.house.policies.current();
        PROVOST_TRY(const auto* const view, find_tenant(*policies, slug));
        filter.tenant = view->tenant.id;
    }
    if (const auto text = call.query("state"); !text.empty()) {
        filter.state = parse_device_state(text);
        if (!filter.state)
            return fail({"P-8004", "there is no state '" + text.substr(0, 32) + "'", "state", "",
                         "One of registered, armed, delivering, grace, provisioned, expired, retired."});
    }
    return filter;
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

}  // namespace

Result<ApiReply> list_devices(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto filter, read_filter(context, call));
    PROVOST_TRY(const auto limit, call.limit(1000));
    PROVOST_TRY(const auto devices, context.house.store.devices(filter, {call.query("after"), limit}));
    json::array items;
    const auto policies = context.house.policies.current();
    for (const auto& device : devices) items.push_back(to_json(device, *policies));
    return page(std::move(items), devices.size() == limit ? devices.back().mac.lower() : "");
}

Result<ApiReply> create_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto draft, read_draft(call));
    PROVOST_TRY(const auto device, DeviceService(context.house).create(draft, call.request.actor));
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
    PROVOST_TRY(const auto body, Body::read(call, {"forget_key"}));
    PROVOST_TRY(const auto forget, body.flag("forget_key"));
    PROVOST_TRY(const auto device, DeviceService(context.house).arm(mac, forget, call.request.actor));
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
    PROVOST_TRY(const auto rules, DeviceService(context.house).lint(mac));
    json::array items;
    for (const auto& rule : rules)
        items.push_back(json::object{{"rule", rule.rule},
                                     {"requirement", rule.requirement},
                                     {"severity", rule.severity},
                                     {"says", rule.says},
                                     {"state", rule.state},
                                     {"detail", rule.detail}});
    return page(std::move(items), "");
}

Result<ApiReply> explain_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto explained, DeviceService(context.house).explain(mac));
    const auto policies = context.house.policies.current();
    json::array parameters, contacts, unsent;
    for (const auto& one : explained.unsent) unsent.push_back(unsent_json(one));
    for (const auto& line : explained.parameters) parameters.push_back(parameter_json(line));
    for (const auto& event : explained.contacts) contacts.push_back(to_json(event, *policies));
    json::object body{{"device", to_json(explained.device, *policies)},
                      {"tenant", explained.tenant},
                      {"verdict", explained.verdict},
                      {"next_step", explained.next_step},
                      {"rating", explained.rating},
                      {"rating_reason", explained.rating_reason},
                      {"rating_raise", explained.rating_raise}};
    json::array overruled, exceptions;
    for (const auto& one : explained.overruled) overruled.push_back(overruled_json(one));
    for (const auto& one : explained.exceptions)
        exceptions.push_back(to_json(one, *policies, context.house.clock.now()));
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
    json::array items;
    for (const auto& record : records) items.push_back(to_json(record));
    return page(std::move(items), "");
}

}  // namespace provost::api
