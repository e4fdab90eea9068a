// Which phones a staged resync tells, and when.
#include "service/configuration.h"
#include "service/devices.h"
#include "service/resync_keeper.h"
#include "service/tenants.h"

#include <map>

namespace provost {

namespace {

constexpr std::size_t most_phones = 100'000, page_size = 1000;

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
    for (Page page{"", page_size};;) {
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
        if (found.size() < page_size) break;
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

// Of the phones that were not told yet, from now on; the next one last.
Result<std::vector<Stage>> ResyncKeeper::plan(const ResyncJob& job) const {
    std::map<std::string, TimeZone> zones{{"", TimeZone()}};
    std::vector<std::size_t> left;
    std::vector<const TimeZone*> of_phones;
    const auto policy = house_.policies.current();
    for (std::size_t i = 0; i < job.phones.size(); ++i) {
        if (job.told[i]) continue;
        std::string name;
        if (job.rules.window) {
            PROVOST_TRY(const auto device, house_.store.device(job.phones[i]));
            const auto* const vendor = device ? house_.vendors->find(device->vendor) : nullptr;
            if (vendor != nullptr)
                name = line_setting(merge(policy->layers(*device, vendor->defaults)), "time.zone", 0);
        }
        auto found = zones.find(name);
        if (found == zones.end()) {
            PROVOST_TRY(auto zone, zone_(name));
            found = zones.emplace(name, std::move(zone)).first;
        }
        left.push_back(i);
        of_phones.push_back(&found->second);
    }
    PROVOST_TRY(auto stages, plan_staging(of_phones, house_.clock.now(), job.rules));
    for (auto& stage : stages) stage.phone = left[stage.phone];
    return std::vector<Stage>(stages.rbegin(), stages.rend());
}

}  // namespace provost
