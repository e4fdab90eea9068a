// When the write-ahead log is copied back into the database, and when it must be emptied.
#pragma once

#include "base/clock.h"
#include "storage/sqlite/database.h"

#include <chrono>
#include <optional>

namespace provost::sqlite {

// The writer's own, used on its thread alone. The database must stay where it is while this lives.
class Journal {
 public:
    using SteadyTime = std::chrono::steady_clock::time_point;

    Journal(Database& database, Duration truncate_interval);
    void attach();  // to a connection that was opened anew

    // Bytes in the log may be of destroyed secrets: it must be truncated within the interval.
    void mark_destroyed(SteadyTime now);
    // When tend() next has something to do that can't wait for the next commit.
    [[nodiscard]] std::optional<SteadyTime> deadline() const { return truncate_at_; }
    // After a commit, and at the deadline. Readers that are in the way are no error.
    Status tend(SteadyTime now);
    // Now, waiting for readers up to five seconds.
    Status truncate();
    // All that readers let through goes into the database and is synced; the rest of truncate() may wait.
    Status copy_back();

 private:
    static int note_size(void* journal, sqlite3* connection, const char* name, int pages);
    int checkpoint(int mode, int wait_millis);  // SQLite's code

    Database& database_;
    const Duration interval_;
    std::int64_t page_size_ = 4096;
    std::int64_t pages_ = 0;
    std::optional<SteadyTime> truncate_at_;
    SteadyTime truncated_{};
};

}  // namespace provost::sqlite
