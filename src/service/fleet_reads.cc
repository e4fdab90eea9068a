#include "service/fleet_reads.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 9> names = {"mac",   "last_seen", "tenant", "site",  "vendor",
                                                   "model", "firmware",  "state",  "rating"};

}  // namespace

std::string_view to_text(FleetSort sort) {
    return names.at(static_cast<std::size_t>(sort));
}

std::optional<FleetSort> parse_fleet_sort(std::string_view text) {
    const auto* const found = std::find(names.begin(), names.end(), text);
    if (found == names.end()) return std::nullopt;
    return static_cast<FleetSort>(found - names.begin());
}

}  // namespace provost
