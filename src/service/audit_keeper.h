// Ends a step of the audit trail every minute and sends its signed head off the host.
#pragma once

#include "service/audit_head.h"
#include "service/store.h"

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace provost {

class AuditKeeper {
 public:
    using Monotonic = std::chrono::steady_clock::time_point;
    using Sink = std::function<Status(const AuditHead& head)>;  // durable, or sent, on return

    AuditKeeper(Store& store, std::shared_ptr<AuditKeys> keys, std::vector<Sink> sinks);

    // Once a minute: a step and a head where something was written, a head an hour where nothing was. Errors
    // of keys (P-5021) and sinks; the next minute tries again.
    Status tick(Timestamp now, Monotonic monotonic);
    Status close(Timestamp now);  // the same, now: at the end
    // The newest entry, signed now. Any thread.
    [[nodiscard]] Result<AuditHead> head(Timestamp now) const;

 private:
    Store& store_;
    std::shared_ptr<AuditKeys> keys_;
    std::vector<Sink> sinks_;
    std::optional<Monotonic> next_;
    std::optional<AuditTail> sent_;
    Timestamp sent_at_{};
};

}  // namespace provost
