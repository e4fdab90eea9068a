// Arming many devices as jobs: one after another in the background, with progress, going on without whoever
// began them; a restart of the server ends them. A few are kept; the oldest that rest go first.
#pragma once

#include "api/arm_allowance.h"
#include "base/mac_address.h"
#include "service/house.h"
#include "service/sight.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace provost {

struct ArmJob {
    struct Failure {
        MacAddress mac;
        Error error;
    };
    static constexpr std::size_t most_failures = 1000;  // that are kept with their reason

    std::string id;  // "a7"
    std::string actor, reason;
    std::optional<TenantId> owner;  // all of its devices lie in it, or below; nullopt: there is no such one
    std::optional<TenantId> maker;  // the tenant that who began it is bound to; nullopt: to none
    Timestamp made{};
    std::vector<MacAddress> macs;
    bool forget_key = false;
    std::atomic<std::size_t> done{0}, failed{0};
    std::atomic<std::int64_t> ended{0};  // milliseconds of the clock; 0: it runs
    std::atomic<bool> stop{false};       // somebody asked for it, or the server ends
    mutable std::mutex mutex;
    std::vector<Failure> failures;  // under the mutex
    std::jthread worker;            // last: it ends before the rest goes

    [[nodiscard]] bool is_running() const { return ended == 0; }
    [[nodiscard]] std::vector<Failure> failed_ones() const;
};
std::string_view state_of(const ArmJob& job);  // "running", "done", "cancelled"

class ArmJobs {
 public:
    explicit ArmJobs(House& house) : house_(house) {}
    ~ArmJobs();  // running ones stop after the device they are at

    struct Draft {
        std::vector<MacAddress> macs;
        std::optional<TenantId> owner;
        bool forget_key = false;
        std::string actor, reason;
    };
    // Only what is in sight is armed. P-8013: as many as can be are running. The audit trail has its begin
    // and its end.
    Result<std::shared_ptr<ArmJob>> begin(Draft draft, const Sight& sight);
    [[nodiscard]] std::shared_ptr<ArmJob> find(const std::string& id) const;  // null: there is none
    Status cancel(const std::string& id);                                     // P-8007: it is not running
    [[nodiscard]] std::vector<std::shared_ptr<ArmJob>> all() const;           // newest first

    ArmAllowance& allowance() { return allowance_; }

 private:
    static constexpr std::size_t most_jobs = 8;

    bool make_room(std::optional<TenantId> maker);  // with the mutex held, a place for one more
    void work(ArmJob& job, const Sight& sight);
    void arm_each(ArmJob& job, const Sight& sight);
    Status record(const ArmJob& job, std::string kind, const std::string& detail);

    House& house_;
    ArmAllowance allowance_;
    mutable std::mutex mutex_;
    std::vector<std::shared_ptr<ArmJob>> jobs_;  // the oldest first
};

}  // namespace provost
