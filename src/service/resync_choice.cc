// Which phones a staged resync tells, and when.
#include "service/configuration.h"
#include "service/devices.h"
#include "service/resync_keeper.h"
#include "service/tenants.h"

#include <map>

namespace provost {

namespace {

constexpr std::size_t most_phones = 100'000, phones_at_once = 1000;

std::string words_of(const ResyncKeeper::Draft& draft) {
    std::string words = "tenant " + draft.tenant;
    for (const auto& [name, value] : {std::pair("site", &draft.site), std::pair("vendor", &draft.vendor),
                                      std::pair("model", &draft.model)})
        if (!value->empty()) words += std::string(", ") + name + " " + *value;
    return words;
}

Error no_phones(const std::string& words) {
    return {"P-8309", "no phone is to be told", "", words, "'provost device list' shows those there are."};
}

}  // namespace

// Those that can't be told are left out, and counted in the scope.
Result<std::vector<MacAddress>> ResyncKeeper::choose(const Draft& draft, ResyncJob& job) const {
    if (draft.phone) {
        PROVOST_TRY(const auto device, house_.store.device(*draft.phone));
        if (!device) return fail(no_device(*draft.phone));
        job.tenant = device->tenant;
        job.scope = "phone " + draft.phone->lower();
        return std::vector{*draft.phone};
    }
    const auto policy = house_.policies.current();
    PROVOST_TRY(const auto* const view, find_tenant(*policy, draft.tenant));
    job.tenant = view->tenant.id;
    DeviceFilter filter;
    filter.tenant = job.tenant;
    filter.vendor = draft.vendor;
    std::vector<MacAddress> chosen;
    std::size_t left_out = 0;
    for (Page page{"", phones_at_once};;) {
        PROVOST_TRY(const auto found, house_.store.devices(filter, page));
        for (const auto& device : found) {
            if (!draft.site.empty() && device.site != draft.site) continue;
            if (!draft.model.empty() && device.model != draft.model) continue;
            const auto* const vendor = house_.vendors->find(device.vendor);
            const bool can = vendor != nullptr && device.state != DeviceState::retired &&
                             !(job.reboot ? vendor->resync.reboot_event : vendor->resync.event).empty();
            if (can)
                chosen.push_back(device.mac);
            else
                ++left_out;
        }
        if (found.size() < phones_at_once) break;
        page.after = found.back().mac.lower();
    }
    job.scope = words_of(draft);
    if (left_out != 0) job.scope += "; " + std::to_string(left_out) + " left out that can't be told";
    if (chosen.empty()) return fail(no_phones(job.scope));
    if (chosen.size() > most_phones)
        return fail({"P-8309", "too many phones for one resync", "", std::to_string(chosen.size()),
                     "Narrow it down with --site, --vendor or --model; 100,000 at most."});
    return chosen;
}

Result<std::string> ResyncKeeper::zone_name(MacAddress mac) const {
    PROVOST_TRY(const auto device, house_.store.device(mac));
    const auto* const vendor = device ? house_.vendors->find(device->vendor) : nullptr;
    if (vendor == nullptr) return std::string();
    const auto policy = house_.policies.current();
    return std::string(line_setting(merge(policy->layers(*device, vendor->defaults)), "time.zone", 0));
}

// Of one that goes on nobody knows when it told the last: it waits as if that was now.
Result<ResyncKeeper::Running> ResyncKeeper::line_up(const ResyncJob& job) const {
    std::vector<std::unique_ptr<const TimeZone>> zones;
    std::vector<std::size_t> places;
    std::vector<const TimeZone*> of_phones;
    std::map<std::string, const TimeZone*> known;
    for (std::size_t i = 0; i < job.phones.size(); ++i) {
        if (job.told[i]) continue;
        std::string name;
        if (job.rules.window) {
            PROVOST_TRY(name, zone_name(job.phones[i]));
        }
        auto& zone = known[name];
        if (zone == nullptr) {
            PROVOST_TRY(auto found, name.empty() ? Result<TimeZone>(TimeZone()) : zone_(name));
            zone = zones.emplace_back(std::make_unique<const TimeZone>(std::move(found))).get();
        }
        places.push_back(i);
        of_phones.push_back(zone);
    }
    const auto start = house_.clock.now() + (job.count_told() == 0 ? Duration() : job.rules.spacing);
    return Running{std::move(zones), std::move(places), Staging(std::move(of_phones), start, job.rules)};
}

}  // namespace provost
