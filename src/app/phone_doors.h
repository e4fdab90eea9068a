// All doors for phones: the main one first, then the further ones. They open, reload and close together.
#pragma once

#include "api/api.h"
#include "net/phone_door.h"
#include "service/phone_service.h"

#include <functional>
#include <memory>
#include <vector>

namespace provost {

class PhoneDoors {
 public:
    // Nothing stays open if one of them can't open. P-1108 names a vendor that there is none of; P-7001 ...
    static Result<std::unique_ptr<PhoneDoors>> open(const std::vector<DoorSettings>& settings, House& house,
                                                    JudgeCertificate& judge);

    [[nodiscard]] std::uint16_t main_port() const { return doors_.front().door->port(); }
    // Certificates and keys of all doors, read anew. One mistake in any of them, and none changes.
    [[nodiscard]] Result<std::function<void()>> prepare_reload();
    void stop(Duration grace);
    [[nodiscard]] std::vector<DoorState> states() const;

 private:
    struct Door {
        DoorSettings settings;
        std::unique_ptr<PhoneService> service;
        std::unique_ptr<PhoneDoor> door;  // goes first
    };
    std::vector<Door> doors_;
};

// A counter by name, summed over doors.
std::vector<std::pair<std::string, std::uint64_t>> sum_of_counters(const std::vector<DoorState>& doors);

}  // namespace provost
