// Whether what the writer writes reaches the disk. After a failure nobody knows what did: a sync that failed
// once may succeed the next time although the pages are lost (docs/decisions/0013-a-disk-that-fails.md). So
// no change is taken from then on, until the database was opened anew, its log copied back and synced, the
// audit trail found whole, and a first change committed.
#pragma once

#include "service/store_metrics.h"
#include "storage/sqlite/audit_trail.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/journal.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace provost::sqlite {

// The writer's own, used on its thread alone; what it is given must stay where it is while this lives.
class StoreHealth {
 public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    StoreHealth(Database& database, Journal& journal, AuditTrail& trail, StoreMetrics& metrics)
        : database_(database), journal_(journal), trail_(trail), metrics_(metrics) {}

    [[nodiscard]] bool well() const { return !trouble_; }
    [[nodiscard]] const Error& trouble() const { return trouble_->cause; }  // only if not well
    // No change is taken from now on. Outside of a transaction.
    void doubt(Error cause, SteadyTime now);
    void note_refused(std::size_t changes) {
        if (trouble_) trouble_->refused += changes;
    }
    // When it is to be looked over again; nullopt if it is well.
    [[nodiscard]] std::optional<SteadyTime> deadline() const {
        return trouble_ ? std::optional(trouble_->look_at) : std::nullopt;
    }
    void tend(SteadyTime now);

 private:
    struct Trouble {
        Error cause;
        Timestamp since{};
        SteadyTime look_at, tell_at;
        std::size_t refused = 0;
    };
    Status look_over();
    Status write_tale();
    void tell_failed() const;

    Database& database_;
    Journal& journal_;
    AuditTrail& trail_;
    StoreMetrics& metrics_;
    std::optional<Trouble> trouble_;
};

}  // namespace provost::sqlite
