// The fleet in figures: how many devices of which kind stand where, and at which sites phones never came.
#pragma once

#include "service/fleet_reads.h"
#include "service/house.h"

#include <array>
#include <map>
#include <string>
#include <vector>

namespace provost {

struct NameCount {
    std::string name;
    std::int64_t count = 0;
    bool operator==(const NameCount&) const = default;
};

// Phones of one site that were expected and never came. Sites of the same name of two tenants are two.
struct SilentSite {
    TenantId tenant = 0;
    std::string site;                         // empty: devices without one
    std::int64_t overdue = 0;                 // their window passed, or was open for longer than `patience`
    std::int64_t waiting = 0;                 // armed a short time ago
    std::int64_t seen = 0;                    // others of that site that came at some time
    [[nodiscard]] std::string guess() const;  // in words, why, and what to look at
};

struct FleetFigures {
    std::int64_t devices = 0, never_seen = 0,
                 retired = 0;  // retired ones are in `devices` and in by_state only
    std::map<std::string, std::int64_t> by_state;
    std::vector<NameCount> by_vendor, by_model,
        by_firmware;                          // most first; a model with its vendor before it
    std::array<std::int64_t, 6> by_rating{};  // by stars; 0: never proved itself
    std::vector<SilentSite> silent;           // most overdue first
};

// Pure. `waiting` is told here; overdue() of the store tells those armed phones that wait too long.
FleetFigures count_fleet(const std::vector<FleetGroup>& groups);

inline constexpr Duration patience = std::chrono::hours(24);

// Pure. Whether a phone counts as one that never came: `window` is what its tenant arms for.
bool is_overdue(const Device& device, Duration window, Timestamp now);

// Of these tenants' own devices; nullopt: all.
Result<FleetFigures> fleet_figures(const House& house, const std::optional<std::vector<TenantId>>& tenants);

}  // namespace provost
