// The embedded store: one SQLite file, one writer thread with group commit, readers beside it.
#pragma once

#include "base/clock.h"
#include "service/store.h"
#include "service/store_metrics.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

namespace provost {

struct SqliteOptions {
    bool check = true;                     // look the whole file over at the start (quick_check)
    std::size_t changes_waiting = 10'000;  // P-6011 beyond
    std::size_t events_waiting = 100'000;  // the oldest are dropped beyond, and an event says how many
    std::int64_t events_kept = 1'000'000;  // the newest; older ones are pruned in small steps
    std::size_t readers = 64;              // connections that read at once; more readers wait for one
    Duration event_delay = std::chrono::milliseconds(50);  // events wait so long for company
    Duration tally_interval = std::chrono::minutes(1);     // visits are added to the figures so often
    Duration truncate_interval =
        std::chrono::milliseconds(800);  // destroyed secrets leave the journal within it
    std::shared_ptr<StoreMetrics> metrics = std::make_shared<StoreMetrics>();
};

// Opens the database, made if it is not there, and brings it to this program's schema (migrations.h: P-6030,
// P-6031). Its folder must be there. Beside FILE lie FILE-wal, FILE-shm and FILE.lock. P-6013: it can't be
// opened or another process has it. P-6014: it is damaged. Destroying the store writes what was queued.
// P-6040: its audit trail does not fit the keys.
Result<std::unique_ptr<Store>> open_sqlite_store(const std::filesystem::path& file,
                                                 std::shared_ptr<AuditKeys> audit,
                                                 const SqliteOptions& options = {});

// The entries of a database's trail in their order, for a verifier; the server may run meanwhile. P-6013,
// P-6014, P-6031 where there is no trail in it.
Status read_audit(const std::filesystem::path& file, const std::function<void(const AuditRow&)>& take);
// Whether there is a trail in it; false too where there is no such file.
bool has_audit(const std::filesystem::path& file);

}  // namespace provost
