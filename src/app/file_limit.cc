#include "app/file_limit.h"

#include <algorithm>
#include <numeric>

#include <sys/resource.h>

namespace provost {

namespace {

constexpr rlim_t most_handles = 1'048'576;  // the kernel's own bound, unless it was changed (fs.nr_open)
constexpr std::size_t fewest_connections = 16;

}  // namespace

std::size_t raise_file_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
    const rlimit raised{std::max(limit.rlim_cur, std::min(limit.rlim_max, most_handles)), limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    return static_cast<std::size_t>(std::min(limit.rlim_cur, most_handles));
}

bool fit_connections(std::vector<DoorSettings>& doors, std::size_t handles, std::size_t others) {
    const auto wanted = std::accumulate(
        doors.begin(), doors.end(), std::size_t{0},
        [](std::size_t sum, const DoorSettings& door) { return sum + door.limits.connections; });
    const auto left = handles > others ? handles - others : 0;
    if (wanted <= left) return false;
    for (auto& door : doors) {
        const auto share = static_cast<double>(left) * static_cast<double>(door.limits.connections) /
                           static_cast<double>(wanted);
        door.limits.connections = std::max(fewest_connections, static_cast<std::size_t>(share));
    }
    return true;
}

}  // namespace provost
