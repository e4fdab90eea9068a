// Lists of devices, and the search over all of them.
#include "api/device_choice.h"
#include "api/fleet_scope.h"
#include "api/json.h"
#include "domain/text.h"
#include "service/search_terms.h"

#include <algorithm>

namespace provost::api {

namespace {

constexpr std::size_t most_found = 20;

// By a part of the MAC, or those that have not rotated: these look at every device of the tenant.
Result<ApiReply> list_by_look(const ApiContext& context, const ApiCall& call) {
    DeviceFilter filter;
    PROVOST_TRY(const auto fleet, read_fleet_filter(context, call));
    filter.vendor = fleet.vendor;
    filter.state = fleet.state;
    filter.mac_part = call.query("mac");
    filter.not_rotated = call.query("not_rotated") == "true";
    PROVOST_TRY(const auto limit, call.limit(1000));
    std::string after = call.query("after");
    json::array items;
    const auto policies = context.house.policies.current();
    const auto in_scope = [&](TenantId tenant) {
        return !fleet.tenants || std::ranges::find(*fleet.tenants, tenant) != fleet.tenants->end();
    };
    while (items.size() < limit) {
        PROVOST_TRY(const auto devices, context.house.store.devices(filter, {after, limit}));
        for (const auto& device : devices) {
            if (items.size() == limit) break;
            after = device.mac.lower();
            if (in_scope(device.tenant)) items.push_back(to_json(device, *policies));
        }
        if (devices.size() < limit) return page(std::move(items), items.size() == limit ? after : "");
    }
    return page(std::move(items), after);
}

}  // namespace

Result<ApiReply> list_devices(ApiContext& context, const ApiCall& call) {
    if (!call.query("mac").empty() || call.query("not_rotated") == "true") return list_by_look(context, call);
    PROVOST_TRY(const auto question, read_fleet_question(context, call));
    PROVOST_TRY(const auto found, context.house.store.fleet().page(question));
    const auto policies = context.house.policies.current();
    json::array items;
    for (const auto& row : found.rows) {
        auto item = to_json(row.device, *policies);
        item["rated"] = row.stars;
        items.push_back(std::move(item));
    }
    json::object body{{"total", found.total}};
    body["items"] = std::move(items);
    if (!found.next.empty()) body["next"] = found.next;
    return reply(200, body);
}

Result<ApiReply> search_devices(ApiContext& context, const ApiCall& call) {
    const auto text = call.query("q");
    PROVOST_TRY(const auto scope, scope_of(context, call));
    const auto terms = parse_search(text);
    auto& store = context.house.store;
    PROVOST_TRY(const auto found, store.fleet().search(terms, scope.tenants, most_found));
    const auto policies = context.house.policies.current();
    json::array items, tenants;
    for (const auto& one : found) {
        PROVOST_TRY(const auto device, store.device(one.mac));
        if (!device) continue;
        const auto* const view = policies->tenant(device->tenant);
        items.push_back(json::object{{"mac", device->mac.lower()},
                                     {"tenant", view == nullptr ? std::string() : view->tenant.slug},
                                     {"site", device->site},
                                     {"vendor", device->vendor},
                                     {"model", device->model},
                                     {"state", to_text(device->state)},
                                     {"label", label_of(*device)},
                                     {"found", found_text(*device, one.by, terms)}});
    }
    for (const auto& one : policies->tenants()) {
        if (tenants.size() == most_found || !fits_tenant(one.slug, one.name, terms)) continue;
        if (scope.tenants && std::ranges::find(*scope.tenants, one.id) == scope.tenants->end()) continue;
        tenants.push_back(json::object{{"slug", one.slug}, {"name", one.name}});
    }
    json::object body{{"more", items.size() == most_found}};
    body["items"] = std::move(items);
    body["tenants"] = std::move(tenants);
    return reply(200, body);
}

}  // namespace provost::api
