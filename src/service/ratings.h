// Ratings of many devices: how many stand where, the lowest with its reason, and what would raise it (R-A6).
#pragma once

#include "service/house.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// Devices of one vendor that are rated alike, for one reason.
struct RatingLine {
    int stars = 0;
    bool expected = false;  // they never proved themselves: what the vendor file lets one expect
    bool certain = true;    // of an expected one
    std::string vendor, reason, raise;
    std::int64_t devices = 0;
};

struct RatingSummary {
    std::int64_t devices = 0;                  // without the retired
    std::array<std::int64_t, 6> proved = {};   // by stars, 1 to 5
    std::array<std::int64_t, 6> awaited = {};  // the same of those never seen, as expected
    std::vector<RatingLine> lines;             // the lowest first; of alike ones the most devices first
    // What the place as a whole is worth: its lowest device that proved itself; 0: none did.
    [[nodiscard]] int lowest() const;
};

// Pure.
RatingSummary summarise_ratings(const std::vector<RatedGroup>& groups, const VendorShelf& vendors);

// A tenant with all below it, or one of its own sites; no tenant: all of them.
Result<RatingSummary> rate_place(const House& house, const TenantView* tenant,
                                 const std::optional<std::string>& site);

struct RatedDevice {
    int stars = 0;
    bool expected = false, certain = true;
    std::string reason, raise;
    std::optional<Timestamp> since;  // of a proved one
};
Result<RatedDevice> rate_device(const House& house, const Device& device);

}  // namespace provost
