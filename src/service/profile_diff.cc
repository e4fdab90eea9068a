#include "service/profile_diff.h"

#include "service/fetched_picture.h"
#include "service/fleet_tally.h"
#include "service/layer_change.h"
#include "service/tenants.h"
#include "vendor/hardening_file.h"
#include "vendor/vendor_file.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t rows_at_once = 1000;

// All mistakes of a file as one error.
Error joined(const std::vector<Error>& errors) {
    Error all = errors.front();
    for (std::size_t i = 1; i < errors.size(); ++i) all.fix += "\n" + errors[i].text();
    return all;
}

// How the server would stand after the change.
struct Future {
    std::shared_ptr<const PolicySnapshot> policy;
    std::shared_ptr<const VendorShelf> vendors;
    std::optional<TenantId> reach;  // this tenant and those below it; nullopt: all
};

template <class Record>
Status change_record(const House& house, const LayerPlace& place, const RawSettings& typed, Record& record) {
    return change_layer(house, place, typed, record.settings, record.raw);
}

struct Records {
    std::vector<Tenant> tenants;
    std::vector<Site> sites;
    std::vector<ModelSettings> models;
};

Status change_records(const House& house, const LayerPlace& place, const RawSettings& typed,
                      Records& records) {
    if (!place.site.empty()) {
        auto found = std::ranges::find_if(records.sites, [&](const Site& one) {
            return one.tenant == place.tenant && one.name == place.site;
        });
        if (found == records.sites.end())
            found = records.sites.insert(found, Site{place.tenant, place.site, {}, {}});
        return change_record(house, place, typed, *found);
    }
    if (!place.model.empty()) {
        auto found = std::ranges::find_if(records.models, [&](const ModelSettings& one) {
            return one.tenant == place.tenant && one.vendor == place.vendor && one.model == place.model;
        });
        if (found == records.models.end())
            found =
                records.models.insert(found, ModelSettings{place.tenant, place.vendor, place.model, {}, {}});
        return change_record(house, place, typed, *found);
    }
    const auto found = std::ranges::find(records.tenants, place.tenant, &Tenant::id);
    return change_record(house, place, typed, *found);
}

Result<HardeningProfile> future_profile(const House& house, const ProposedChange& change) {
    if (change.hardening.empty()) return house.hardening;
    auto outcome = read_hardening_file(change.hardening, "hardening profile");
    if (!outcome.profile) return fail(joined(outcome.errors));
    return std::move(*outcome.profile);
}

Result<std::shared_ptr<const VendorShelf>> future_vendors(const House& house, const ProposedChange& change) {
    if (change.vendors.empty()) return house.vendors;
    std::vector<VendorSpec> vendors;
    for (const auto& [name, text] : change.vendors) {
        auto outcome = read_vendor_file(text, name);
        if (!outcome.spec) return fail(joined(outcome.errors));
        vendors.push_back(std::move(*outcome.spec));
    }
    for (const auto& present : house.vendors->catalogue().vendors())
        if (std::ranges::find(vendors, present.id, &VendorSpec::id) == vendors.end())
            vendors.push_back(present);
    return VendorShelf::make(std::move(vendors));
}

Result<Future> future_of(const House& house, const ProposedChange& change) {
    const auto now = house.policies.current();
    Future future;
    Records records{now->tenants(), now->sites(), now->models()};
    if (!change.tenant.empty()) {
        PROVOST_TRY(const auto* const view, find_tenant(*now, change.tenant));
        const LayerPlace place{view->tenant.id, change.tenant, change.site, change.vendor, change.model};
        PROVOST_CHECK(change_records(house, place, change.settings, records));
        if (change.hardening.empty() && change.vendors.empty()) future.reach = place.tenant;
    } else if (!change.settings.empty()) {
        return fail({"P-2010", "no tenant is named", "tenant", "settings belong to one", "Name it."});
    }
    PROVOST_TRY(auto profile, future_profile(house, change));
    PROVOST_TRY(future.vendors, future_vendors(house, change));
    PROVOST_TRY(future.policy,
                PolicySnapshot::make(std::move(records.tenants), std::move(records.sites),
                                     std::move(records.models), std::move(profile), now->exceptions()));
    return future;
}

class Comparison {
 public:
    Comparison(const House& house, Future future)
        : house_(house), now_(house.policies.current()), future_(std::move(future)) {}

    // Of other tenants than those it reaches not even a cursor is told.
    [[nodiscard]] DeviceFilter reach() const {
        DeviceFilter filter;
        if (future_.reach) filter.within = now_->within(*future_.reach);
        return filter;
    }

    void look_at(const Device& device, FleetTally& tally) const {
        const auto before = make(device, *house_.vendors, now_);
        const auto after = make(device, *future_.vendors, future_.policy);
        tally.look_at(device);
        // The gate's memory is not asked: it knows one profile and one set of vendor files.
        const bool same = before && after && before->parameters == after->parameters;
        const bool rules_stay =
            future_.vendors == house_.vendors && before && after && before->lifted == after->lifted &&
            before->policy->hardening().rules.size() == after->policy->hardening().rules.size() &&
            future_.reach.has_value();
        if (same && rules_stay) return;
        if (const auto refused = verdict(device, *future_.vendors, after); !refused) {
            const bool already = !verdict(device, *house_.vendors, before);
            return tally.refuse(device, refused.error(), already);
        }
        if (!before) return tally.release();
        tally.compare(device, before->parameters, after->parameters);
    }

 private:
    [[nodiscard]] Result<Configuration> make(const Device& device, const VendorShelf& shelf,
                                             const std::shared_ptr<const PolicySnapshot>& policy) const {
        const auto* const vendor = shelf.find(device.vendor);
        if (vendor == nullptr)
            return fail({"P-2021", "there is no vendor '" + device.vendor + "' any more", "vendor"});
        return make_configuration(device, *vendor, policy, {device.model, device.firmware}, true,
                                  house_.clock.now());
    }

    [[nodiscard]] static Status verdict(const Device& device, const VendorShelf& shelf,
                                        const Result<Configuration>& made) {
        if (!made) return fail(made.error());
        PROVOST_TRY(const auto findings,
                    lint_rehearsal(
                        {shelf, *shelf.find(device.vendor), device, {device.model, device.firmware}, *made}));
        return refuse_findings(findings);
    }

    const House& house_;
    std::shared_ptr<const PolicySnapshot> now_;
    Future future_;
};

}  // namespace

Result<ProfileDiff> diff_profile(const House& house, const ProposedChange& change, const Page& page) {
    PROVOST_TRY(auto future, future_of(house, change));
    const Comparison comparison(house, std::move(future));
    FleetTally tally;
    const auto reach = comparison.reach();
    std::string next = page.after;
    for (std::size_t left = page.limit; left > 0;) {
        const auto wanted = std::min(left, rows_at_once);
        PROVOST_TRY(const auto devices, house.store.devices(reach, {next, wanted}));
        for (const auto& device : devices)
            if (device.state != DeviceState::retired) comparison.look_at(device, tally);
        left -= wanted;
        next = devices.size() < wanted ? "" : devices.back().mac.lower();
        if (next.empty()) break;
    }
    auto diff = tally.take();
    diff.next = next;
    return diff;
}

}  // namespace provost
