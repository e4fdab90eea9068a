// All doors for phones: the main one first, then the further ones. They open, reload and close together.
#pragma once

#include "api/api.h"
#include "net/phone_door.h"
#include "service/phone_service.h"
#include "service/trust.h"

#include <functional>
#include <memory>
#include <vector>

namespace provost {

class PhoneDoors {
 public:
    explicit PhoneDoors(House& house) : house_(house) {}
    ~PhoneDoors();  // stops; no change that needs a door's services is left then
    PhoneDoors(const PhoneDoors&) = delete;
    PhoneDoors& operator=(const PhoneDoors&) = delete;

    // Trust first, then the doors; nothing stays open if one of them can't open. P-1108 names a vendor that
    // there is none of; P-42xx, P-70xx.
    static Result<std::unique_ptr<PhoneDoors>> open(const std::vector<DoorSettings>& settings, House& house);

    [[nodiscard]] std::uint16_t main_port() const { return doors_.front().door->port(); }
    // Certificates and keys of all doors, read anew. One mistake in any of them, and none changes.
    [[nodiscard]] Result<std::function<void()>> prepare_reload();
    void stop(Duration grace);
    [[nodiscard]] std::vector<DoorState> states() const;
    struct Metrics {
        std::string name;
        DoorCounters counters;
        HistogramReading handshake_duration;
        std::vector<IdentityDates> identities;
    };
    [[nodiscard]] std::vector<Metrics> metrics() const;
    [[nodiscard]] std::vector<Trust::Door> judges() const;
    [[nodiscard]] CertificateJudge::Counts verdicts() const;  // of all doors

 private:
    struct Door {
        DoorSettings settings;
        std::unique_ptr<CertificateJudge> judge;
        std::unique_ptr<PhoneService> service;
        std::unique_ptr<PhoneDoor> door;  // goes first
    };
    House& house_;
    std::vector<Door> doors_;
};

// A counter by name, summed over doors.
std::vector<std::pair<std::string, std::uint64_t>> sum_of_counters(const std::vector<DoorState>& doors);

}  // namespace provost
