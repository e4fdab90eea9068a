// What happens by itself: windows pass, graces end, epochs close. Called about once a second by one thread.
#pragma once

#include "service/house.h"

#include <atomic>
#include <chrono>
#include <set>
#include <string>

namespace provost {

class Housekeeper {
 public:
    explicit Housekeeper(House& house) : house_(house) {}

    using Monotonic = std::chrono::steady_clock::time_point;

    // Does what is due at `now`. `monotonic` tells a wall clock that was set from time that has really
    // passed.
    Status tick(Timestamp now, Monotonic monotonic);

    // Closes the epoch now: living secrets are wrapped anew, the old key is destroyed, the journal truncated.
    // After it returns no older copy of the database opens a secret that was purged before (SECURITY section
    // 6).
    Status close_epoch(Timestamp now);

    // The brake of section 4 of the issue: a clock that jumped would purge more than 5 % of all devices at
    // once.
    [[nodiscard]] bool braked() const { return braked_.load(); }
    void release_brake() {
        braked_ = false;
        released_ = true;
    }

 private:
    Status watch_clock(Timestamp now, Monotonic monotonic);
    void tell_ended_exceptions(Timestamp now);
    Status expire_due(Timestamp now);
    Status expire_some(Timestamp now, const std::vector<MacAddress>& due, std::size_t& changed);
    Status expire_one(Transaction& transaction, MacAddress mac, Timestamp now, std::size_t& changed);
    Status rotate_due(Timestamp now);
    void note_history(Timestamp now);
    Status end_old_epochs(Timestamp now);
    Status rewrap_epoch(std::int64_t epoch);
    Status rewrap_one(Transaction& transaction, const StoredSecret& one, std::set<MacAddress>& lost);
    void announce(std::string kind, std::string detail, Timestamp now);

    House& house_;
    std::optional<Timestamp> last_wall_;
    std::optional<Timestamp> ended_told_;  // up to here
    std::optional<Timestamp> rotated_;     // looked for those whose time has come
    std::optional<Timestamp> history_;     // noted how many devices are in which state
    Monotonic last_monotonic_{};
    bool jumped_ = false;
    std::atomic<bool> braked_{false};
    std::atomic<bool> released_{false};
};

// Wall clock against monotonic clock between two ticks: more than five minutes apart is a jump.
bool clock_jumped(Duration wall, Duration monotonic);
// More than 5 % of all devices, and more than ten of them.
bool needs_brake(std::int64_t due, std::int64_t devices);

}  // namespace provost
