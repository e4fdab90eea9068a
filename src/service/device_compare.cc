#include "service/device_compare.h"

#include "service/devices.h"

#include <algorithm>
#include <map>

namespace provost {

namespace {

constexpr std::size_t visits_looked_at = 200;
constexpr std::size_t candidates = 50;

Error no_other(const Device& device) {
    return {"P-2055", "no other " + device.vendor + " " + device.model + " that was served is in sight",
            "device", "there is nothing to compare " + device.mac.lower() + " with",
            "Name another phone: provost device compare " + device.mac.lower() + " OTHER"};
}

Error same_device(MacAddress mac) {
    return {"P-2056", "device " + mac.lower() + " can't be compared with itself", "with", "",
            "Name another phone, or none: then the one of its model is taken that was served last."};
}

Result<VisitsSeen> visits_of(const House& house, const Device& device) {
    EventFilter filter;
    filter.device = device.mac;
    filter.within = {0, device.tenant};
    filter.kind = "visit";
    PROVOST_TRY(const auto events, house.store.last_events(filter, visits_looked_at));
    VisitsSeen seen;
    seen.looked_at = events.size();
    if (!events.empty()) seen.last_rule = events.front().rule;
    for (const auto& event : events) {
        const auto rule = parse_rule(event.rule);
        if (seen.tls.empty()) seen.tls = event.tls;
        if (rule && is_refusal(*rule))
            ++seen.refused;
        else if (!seen.served && event.proved)
            seen.served = event.at;
    }
    return seen;
}

// Of these tenants; nullopt: of all. It works if its last visit was answered.
Result<std::optional<MacAddress>> last_served(const House& house, const Device& like,
                                              std::optional<TenantIds> tenants) {
    FleetQuestion question;
    question.filter.tenants = std::move(tenants);
    question.filter.vendor = like.vendor;
    question.filter.model = like.model;
    question.filter.never_seen = false;
    question.sort = FleetSort::seen;
    question.down = true;
    question.limit = candidates;
    PROVOST_TRY(const auto page, house.store.fleet().page(question));
    for (const auto& row : page.rows) {
        const auto& device = row.device;
        const bool has_its_file =
            device.state == DeviceState::provisioned || device.state == DeviceState::grace;
        if (device.mac == like.mac || !has_its_file) continue;
        PROVOST_TRY(const auto visits, visits_of(house, device));
        const auto rule = parse_rule(visits.last_rule);
        if (rule && !is_refusal(*rule)) return std::optional(device.mac);
    }
    return std::optional<MacAddress>();
}

Result<MacAddress> choose_other(const House& house, const Sight& sight, const Device& device) {
    PROVOST_TRY(const auto neighbour, last_served(house, device, TenantIds{device.tenant}));
    if (neighbour) return *neighbour;
    PROVOST_TRY(const auto farther, last_served(house, device, sight.tenants()));
    if (!farther) return fail(no_other(device));
    return *farther;
}

Result<ComparedDevice> look_at(House& house, const Device& device) {
    ComparedDevice compared;
    PROVOST_TRY(compared.explained, DeviceService(house).explain(device.mac));
    PROVOST_TRY(compared.visits, visits_of(house, device));
    return compared;
}

ComparedValue::Side side_of(const Devices::ExplainedParameter& line) {
    return {line.value, line.layer, line.layer_name};
}

}  // namespace

void compare_parameters(const std::vector<Devices::ExplainedParameter>& one,
                        const std::vector<Devices::ExplainedParameter>& other, DeviceComparison& comparison) {
    std::map<std::string, const Devices::ExplainedParameter*> left;
    Numbered here, there;
    for (const auto& line : other) left.emplace(there(line.parameter), &line);
    for (const auto& line : one) {
        ComparedValue value{here(line.parameter), line.setting, side_of(line), {}, false};
        const auto found = left.find(value.parameter);
        if (found != left.end()) {
            const auto& match = *found->second;
            left.erase(found);
            if (line.secret == match.secret && (line.secret || line.value == match.value)) {
                ++comparison.same;
                continue;
            }
            value.other = side_of(match);
            value.own = line.layer == "device" && match.layer == "device";
        }
        comparison.differences.push_back(std::move(value));
    }
    for (const auto& [name, line] : left)
        comparison.differences.push_back({name, line->setting, {}, side_of(*line), false});
    std::stable_partition(comparison.differences.begin(), comparison.differences.end(),
                          [](const ComparedValue& value) { return !value.own; });
}

Result<DeviceComparison> compare_devices(House& house, const Sight& sight, MacAddress one,
                                         std::optional<MacAddress> other) {
    PROVOST_TRY(const auto device, sight.device(house.store, one));
    DeviceComparison comparison;
    comparison.chosen = !other;
    if (!other) {
        PROVOST_TRY(other, choose_other(house, sight, device));
    }
    if (*other == one) return fail(same_device(one));
    PROVOST_TRY(const auto beside, sight.device(house.store, *other));
    PROVOST_TRY(comparison.one, look_at(house, device));
    PROVOST_TRY(comparison.other, look_at(house, beside));
    compare_parameters(comparison.one.explained.parameters, comparison.other.explained.parameters,
                       comparison);
    return comparison;
}

}  // namespace provost
