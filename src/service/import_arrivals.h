// How many phones of one import called home since it was written, and at which sites they don't.
#pragma once

#include "service/fleet_figures.h"
#include "service/import_devices.h"

#include <vector>

namespace provost {

struct Arrivals {
    std::size_t total = 0, came = 0;  // phones that are there still
    std::vector<SilentSite> silent;   // most phones that are missing first
};

// Asked again and again: who came is not looked up again, and of the others no more at once than a phone's
// call home can wait for.
class ArrivalWatch {
 public:
    ArrivalWatch() = default;
    // Of a plan that was written.
    ArrivalWatch(const ImportDevices::Plan& plan, Timestamp since);

    Result<Arrivals> look(Store& store, Timestamp now);
    [[nodiscard]] bool knows_any() const { return !phones_.empty(); }

 private:
    struct Phone {
        MacAddress mac;
        std::uint32_t place = 0;
        bool came = false, gone = false;
    };
    Status look_at(Phone& phone, Store& store) const;
    [[nodiscard]] std::vector<SilentSite> silent_sites(bool late) const;

    Timestamp since_{};
    std::vector<Phone> phones_;
    std::vector<std::pair<TenantId, std::string>> places_;
    std::size_t next_ = 0;  // where the last look ended
};

}  // namespace provost
