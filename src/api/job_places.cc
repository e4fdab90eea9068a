#include "api/job_places.h"

#include <algorithm>
#include <utility>

namespace provost {

namespace {

template <class Chosen>
std::optional<std::size_t> oldest_at_rest(std::span<const JobPlace> places, Chosen chosen) {
    const auto found =
        std::ranges::find_if(places, [&](const JobPlace& one) { return !one.runs && chosen(one); });
    return found == places.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - places.begin()));
}

}  // namespace

JobRoom room_for(std::optional<TenantId> owner, std::span<const JobPlace> places, std::size_t most) {
    const auto is_own = [&](const JobPlace& one) { return one.owner == owner; };
    const auto running =
        std::ranges::count_if(places, [&](const JobPlace& one) { return one.runs && is_own(one); });
    if (std::cmp_greater_equal(running, most / 2)) return {};
    if (places.size() < most) return {true, std::nullopt};
    auto rests = oldest_at_rest(places, is_own);
    if (!rests) rests = oldest_at_rest(places, [](const JobPlace&) { return true; });
    return {rests.has_value(), rests};
}

}  // namespace provost
