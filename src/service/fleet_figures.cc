#include "service/fleet_figures.h"

#include <algorithm>
#include <tuple>

namespace provost {

namespace {

constexpr std::size_t most_counted = 10'000;  // of one site, to tell whether it is more than a few

std::vector<NameCount> most_first(const std::map<std::string, std::int64_t>& counts) {
    std::vector<NameCount> list;
    for (const auto& [name, count] : counts) list.push_back({name, count});
    std::stable_sort(list.begin(), list.end(),
                     [](const NameCount& a, const NameCount& b) { return a.count > b.count; });
    return list;
}

bool is_expected(DeviceState state) {
    return state != DeviceState::registered && state != DeviceState::retired;
}

// Armed at `until - window`: what ends before this was armed longer ago than our patience.
Timestamp end_of_patience(Duration window, Timestamp now) {
    return now + window - patience;
}

void count_site(SilentSite& site, const FleetGroup& group) {
    if (group.state == DeviceState::retired) return;
    if (!group.never_seen)
        site.seen += group.devices;
    else if (group.state == DeviceState::armed)
        site.waiting += group.devices;
    else if (is_expected(group.state))
        site.overdue += group.devices;
}

void put_in_order(std::vector<SilentSite>& sites) {
    std::erase_if(sites, [](const SilentSite& one) { return one.overdue == 0 && one.waiting == 0; });
    std::stable_sort(sites.begin(), sites.end(), [](const SilentSite& a, const SilentSite& b) {
        return std::tuple(a.overdue, a.waiting) > std::tuple(b.overdue, b.waiting);
    });
}

std::string phones(std::int64_t count) {
    return std::to_string(count) + (count == 1 ? " phone" : " phones");
}

}  // namespace

std::string SilentSite::guess() const {
    if (overdue == 0) return "Armed less than a day ago: give them time.";
    const auto silent = phones(overdue);
    if (seen == 0)
        return "No phone of this site ever came: suspect the site's network. Check DHCP option 66, 160 or "
               "43, "
               "or the maker's redirection service, and that the firewall lets out what 'provost site needs' "
               "lists.";
    if (seen >= overdue)
        return phones(seen) + " of this site came, so its network is open: look at the " + silent +
               " themselves. Are they powered and plugged in? Does the label's MAC match? Are they already "
               "set up for another server? A factory reset helps then.";
    return "Few of this site came (" + std::to_string(seen) + " of " + std::to_string(seen + overdue) +
           "): suspect a part of its network, such as another VLAN without the DHCP option, or phones that "
           "are "
           "not unpacked yet.";
}

bool is_overdue(const Device& device, Duration window, Timestamp now) {
    if (device.last_seen || !is_expected(device.state)) return false;
    if (device.state != DeviceState::armed) return true;
    return device.armed_until && *device.armed_until <= end_of_patience(window, now);
}

FleetFigures count_fleet(const std::vector<FleetGroup>& groups) {
    FleetFigures figures;
    std::map<std::string, std::int64_t> vendors, models, firmwares;
    std::map<std::pair<TenantId, std::string>, SilentSite> sites;
    for (const auto& group : groups) {
        figures.devices += group.devices;
        figures.by_state[std::string(to_text(group.state))] += group.devices;
        auto& site = sites[{group.tenant, group.site}];
        site.tenant = group.tenant, site.site = group.site;
        count_site(site, group);
        if (group.state == DeviceState::retired) {
            figures.retired += group.devices;
            continue;
        }
        if (group.never_seen) figures.never_seen += group.devices;
        vendors[group.vendor] += group.devices;
        models[group.vendor + " " + group.model] += group.devices;
        firmwares[group.vendor + " " + group.firmware] += group.devices;
        figures.by_rating[static_cast<std::size_t>(std::clamp(group.stars, 0, 5))] += group.devices;
    }
    figures.by_vendor = most_first(vendors);
    figures.by_model = most_first(models);
    figures.by_firmware = most_first(firmwares);
    for (auto& [key, site] : sites) figures.silent.push_back(std::move(site));
    put_in_order(figures.silent);
    return figures;
}

Result<FleetFigures> fleet_figures(const House& house, const std::optional<std::vector<TenantId>>& tenants) {
    FleetFilter filter;
    filter.tenants = tenants;
    PROVOST_TRY(const auto groups, house.store.fleet().groups(filter));
    auto figures = count_fleet(groups);
    const auto policies = house.policies.current();
    std::map<std::pair<TenantId, std::string>, SilentSite*> sites;
    std::map<TenantId, bool> waiting;
    for (auto& one : figures.silent) {
        sites[{one.tenant, one.site}] = &one;
        if (one.waiting != 0) waiting[one.tenant] = true;
    }
    for (const auto& [tenant, any] : waiting) {
        const auto* const view = policies->tenant(tenant);
        const auto window = view == nullptr ? Policy().window : view->policy.window;
        PROVOST_TRY(
            const auto overdue,
            house.store.fleet().overdue(tenant, end_of_patience(window, house.clock.now()), most_counted));
        for (const auto& [site, devices] : overdue)
            if (const auto found = sites.find({tenant, site}); found != sites.end()) {
                const auto moved = std::min(devices, found->second->waiting);
                found->second->overdue += moved;
                found->second->waiting -= moved;
            }
    }
    put_in_order(figures.silent);
    return figures;
}

}  // namespace provost
