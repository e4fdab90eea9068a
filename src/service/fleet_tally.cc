#include "service/fleet_tally.h"

#include "service/fetched_picture.h"

#include <algorithm>
#include <unordered_map>

namespace provost {

namespace {

constexpr std::size_t examples_shown = 3;
constexpr std::size_t ways_shown = 8;
constexpr std::string_view various = "(various)";

std::string shown(const Parameter& parameter) {
    return parameter.is_secret ? "********" : parameter.value;
}

}  // namespace

void FleetTally::Count::add(const Device& device) {
    ++devices;
    if (examples.size() < examples_shown) examples.push_back(device.mac.lower());
}

void FleetTally::note(const Device& device, std::string name, std::string_view kind, Values values) {
    auto& ways = changes_[{device.vendor, device.model, std::move(name), std::string(kind)}];
    if (ways.size() >= ways_shown && !ways.contains(values))
        values = {std::string(various), std::string(various)};
    ways[std::move(values)].add(device);
}

void FleetTally::compare(const Device& device, const Parameters& before, const Parameters& after) {
    std::unordered_map<std::string, std::string> gone;
    Numbered then, now;
    for (const auto& one : before) gone.emplace(then(pictured_name(one)), shown(one));
    bool any = false;
    for (const auto& one : after) {
        auto name = now(pictured_name(one));
        const auto found = gone.find(name);
        const auto value = shown(one);
        if (found == gone.end()) {
            note(device, std::move(name), "added", {"", value});
            any = true;
            continue;
        }
        if (found->second != value) {
            note(device, std::move(name), "changed", {found->second, value});
            any = true;
        }
        gone.erase(found);
    }
    for (const auto& [name, value] : gone) note(device, name, "removed", {value, ""});
    if (any || !gone.empty()) ++changed_;
}

void FleetTally::refuse(const Device& device, const Error& error, bool already) {
    const auto why = error.why.empty() ? error.what : error.what + ": " + error.why;
    refusals_[{device.vendor, device.model, error.code, why, already}].add(device);
}

ProfileDiff FleetTally::take() {
    ProfileDiff diff;
    diff.looked_at = looked_at_;
    diff.changed = changed_;
    diff.released = released_;
    for (auto& [where, ways] : changes_) {
        const auto& [vendor, model, name, kind] = where;
        for (auto& [values, count] : ways)
            diff.changes.push_back({vendor, model, name, kind, values.first, values.second, count.devices,
                                    std::move(count.examples)});
    }
    for (auto& [what, count] : refusals_) {
        const auto& [vendor, model, code, why, already] = what;
        diff.refusals.push_back(
            {vendor, model, code, why, already, count.devices, std::move(count.examples)});
    }
    std::ranges::stable_sort(diff.changes, std::greater(), &FleetChange::devices);
    std::ranges::stable_sort(diff.refusals, std::greater(), &FleetRefusal::devices);
    return diff;
}

}  // namespace provost
