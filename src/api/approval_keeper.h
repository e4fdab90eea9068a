// What waits for a second person (docs/decisions/0017-two-persons.md). Kept in the store, so that it outlives
// a restart; for a day.
#pragma once

#include "domain/two_persons.h"
#include "service/house.h"
#include "service/sight.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace provost {

// A call as it was asked for. No route that two persons decide takes a secret.
struct PendingCall {
    std::int64_t id = 0;
    Timestamp asked{};
    std::string by;           // name
    std::int64_t person = 0;  // their number
    TenantId tenant = 0;      // whose it is; 0: the whole server's
    std::int64_t devices = 0;
    std::string action, method, path, if_match, body;
    std::map<std::string, std::string> query;
};

class ApprovalKeeper {
 public:
    explicit ApprovalKeeper(House& house) : house_(house) {}
    void set_rules(const ApprovalRules& rules) { rules_ = rules; }

    // How many devices it reaches, where a second person must agree; nullopt where none need. `path` leads to
    // the tenant that it is about, as Target.
    [[nodiscard]] Result<std::optional<std::int64_t>> reach(const Actor& who, Action action,
                                                            std::span<const TenantId> path) const;
    // Of this tenant, not of those below it; without the retired.
    [[nodiscard]] Result<std::int64_t> devices_of(TenantId tenant) const;
    // Gives it its number. P-8409: too many wait, P-8410: it is too long to be kept.
    Result<PendingCall> add(PendingCall call);
    [[nodiscard]] Result<std::vector<PendingCall>> pending() const;  // the oldest first
    [[nodiscard]] Result<PendingCall> find(std::int64_t id) const;   // P-8411
    // Takes it out, once: `kind` of the event says why. P-8411.
    Result<PendingCall> take(std::int64_t id, std::string_view kind, const std::string& actor);

 private:
    // Of the tenant that `path` leads to, with all below it; without the retired.
    [[nodiscard]] Result<std::int64_t> devices_below(std::span<const TenantId> path) const;
    Status write(const std::vector<PendingCall>& calls, std::int64_t last, const Event& event);

    House& house_;
    ApprovalRules rules_;
    std::mutex mutex_;
};

Error no_approval(std::string_view id);

}  // namespace provost
