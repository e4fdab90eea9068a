#include "service/import_arrivals.h"

#include <algorithm>
#include <map>
#include <set>

namespace provost {

namespace {

constexpr std::size_t looked_at_once = 10'000;

}  // namespace

ArrivalWatch::ArrivalWatch(const ImportDevices::Plan& plan, Timestamp since) : since_(since) {
    std::set<std::size_t> failed;
    for (const auto& problem : plan.report.problems) failed.insert(problem.row);
    std::map<std::pair<TenantId, std::string>, std::uint32_t> places;
    for (const auto& row : plan.rows) {
        const bool written = row.fate == RowFate::add || row.fate == RowFate::change;
        if (!written || failed.contains(row.line)) continue;
        const auto next = static_cast<std::uint32_t>(places.size());
        const auto [place, fresh] = places.try_emplace({row.device.tenant, row.device.site}, next);
        if (fresh) places_.push_back(place->first);
        phones_.push_back({row.device.mac, place->second, false, false});
    }
}

Status ArrivalWatch::look_at(Phone& phone, Store& store) const {
    PROVOST_TRY(const auto device, store.device(phone.mac));
    phone.gone = !device || device->tenant != places_[phone.place].first;
    phone.came = !phone.gone && device->last_seen && *device->last_seen >= since_;
    return {};
}

Result<Arrivals> ArrivalWatch::look(Store& store, Timestamp now) {
    for (std::size_t i = 0, looked = 0; i < phones_.size() && looked < looked_at_once; ++i) {
        auto& phone = phones_[next_];
        next_ = (next_ + 1) % phones_.size();
        if (phone.came || phone.gone) continue;
        PROVOST_CHECK(look_at(phone, store));
        ++looked;
    }
    Arrivals arrivals;
    for (const auto& phone : phones_) {
        if (phone.gone) continue;
        ++arrivals.total;
        if (phone.came) ++arrivals.came;
    }
    arrivals.silent = silent_sites(now - since_ >= patience);
    return arrivals;
}

std::vector<SilentSite> ArrivalWatch::silent_sites(bool late) const {
    std::vector<SilentSite> sites;
    for (const auto& [tenant, name] : places_) sites.push_back({tenant, name});
    for (const auto& phone : phones_) {
        if (phone.gone) continue;
        auto& site = sites[phone.place];
        ++(phone.came ? site.seen : late ? site.overdue : site.waiting);
    }
    std::erase_if(sites, [](const SilentSite& one) { return one.overdue + one.waiting == 0; });
    std::ranges::stable_sort(sites, std::greater<>(),
                             [](const SilentSite& one) { return one.overdue + one.waiting; });
    return sites;
}

}  // namespace provost
