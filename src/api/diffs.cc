// What would change: for one phone, and for the fleet.
#include "api/json.h"
#include "service/device_diff.h"
#include "service/profile_diff.h"

namespace provost::api {

namespace {

json::array lines_json(const std::vector<DiffLine>& lines) {
    json::array array;
    for (const auto& one : lines)
        array.push_back(json::object{{"parameter", one.parameter},
                                     {"before", one.before},
                                     {"after", one.after},
                                     {"setting", one.setting},
                                     {"layer", one.layer},
                                     {"layer_name", one.layer_name}});
    return array;
}

json::array texts_json(const std::vector<std::string>& texts) {
    return json::value_from(texts).as_array();
}

json::array changes_json(const std::vector<FleetChange>& changes) {
    json::array array;
    for (const auto& one : changes)
        array.push_back(json::object{{"devices", one.devices},
                                     {"vendor", one.vendor},
                                     {"model", one.model},
                                     {"parameter", one.parameter},
                                     {"kind", one.kind},
                                     {"before", one.before},
                                     {"after", one.after},
                                     {"examples", texts_json(one.examples)}});
    return array;
}

json::array refusals_json(const std::vector<FleetRefusal>& refusals) {
    json::array array;
    for (const auto& one : refusals)
        array.push_back(json::object{{"devices", one.devices},
                                     {"vendor", one.vendor},
                                     {"model", one.model},
                                     {"code", one.code},
                                     {"why", one.why},
                                     {"already", one.already},
                                     {"examples", texts_json(one.examples)}});
    return array;
}

Result<ProposedChange> read_change(const ApiCall& call) {
    PROVOST_TRY(const auto body,
                Body::read(call, {"tenant", "site", "vendor", "model", "settings", "hardening", "vendors"}));
    ProposedChange change;
    PROVOST_TRY(change.tenant, body.text("tenant"));
    PROVOST_TRY(change.site, body.text("site"));
    PROVOST_TRY(change.vendor, body.text("vendor"));
    PROVOST_TRY(change.model, body.text("model"));
    PROVOST_TRY(change.settings, body.settings("settings"));
    PROVOST_TRY(change.hardening, body.text("hardening"));
    PROVOST_TRY(change.vendors, body.settings("vendors"));
    return change;
}

// Without a tenant, and for what holds everywhere, the whole fleet is looked at.
Status check_reach(const Sight& sight, const ProposedChange& change) {
    if (!change.tenant.empty()) PROVOST_CHECK(sight.tenant(change.tenant));
    if (sight.is_whole() || (!change.tenant.empty() && change.hardening.empty() && change.vendors.empty()))
        return {};
    return fail({"P-2010", "no tenant is named", "tenant", "settings belong to one", "Name it."});
}

}  // namespace

Result<ApiReply> diff_device(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto mac, call.mac());
    PROVOST_TRY(const auto diff, provost::diff_device(context.house, mac));
    json::object body{{"mac", mac.lower()},
                      {"state", to_text(diff.device.state)},
                      {"vendor", diff.device.vendor},
                      {"fetched", diff.since.has_value()},
                      {"since", diff.since ? json::value(to_rfc3339(*diff.since)) : json::value(nullptr)},
                      {"had_secrets", diff.had_secrets},
                      {"before_vendor", diff.before_vendor},
                      {"same", diff.same},
                      {"absent_means", diff.absent_means}};
    if (diff.device.last_seen) body["last_seen"] = to_rfc3339(*diff.device.last_seen);
    body["changed"] = lines_json(diff.changed);
    body["added"] = lines_json(diff.added);
    body["removed"] = lines_json(diff.removed);
    body["secrets"] = texts_json(diff.secrets);
    return reply(200, body);
}

Result<ApiReply> diff_profile(ApiContext& context, const ApiCall& call) {
    PROVOST_TRY(const auto change, read_change(call));
    PROVOST_CHECK(check_reach(context.sight, change));
    PROVOST_TRY(const auto limit, call.limit(100'000));
    PROVOST_TRY(const auto diff, provost::diff_profile(context.house, change, {call.query("after"), limit}));
    json::object body{{"looked_at", diff.looked_at}, {"changed", diff.changed}, {"released", diff.released}};
    body["changes"] = changes_json(diff.changes);
    body["refusals"] = refusals_json(diff.refusals);
    if (!diff.next.empty()) body["next"] = diff.next;
    return reply(200, body);
}

}  // namespace provost::api
