#include "storage/sqlite/journal.h"

#include <algorithm>

namespace provost::sqlite {

namespace {

constexpr std::int64_t copy_back_bytes = 4 << 20;
constexpr int patient_millis = 5000;
constexpr int brief_millis = 50;  // a long read must not stop the writer; it tries again

}  // namespace

Journal::Journal(Database& database, Duration truncate_interval)
    : database_(database), interval_(truncate_interval) {
    sqlite3_wal_hook(database_.handle(), note_size, this);
    if (const auto size = database_.number("PRAGMA page_size"); size && *size > 0) page_size_ = *size;
}

int Journal::note_size(void* journal, sqlite3*, const char*, int pages) {
    static_cast<Journal*>(journal)->pages_ = pages;
    return SQLITE_OK;
}

void Journal::mark_destroyed(SteadyTime now) {
    if (!truncate_at_) truncate_at_ = std::max(now, truncated_ + interval_);
}

void Journal::tend(SteadyTime now) {
    if (truncate_at_ && now >= *truncate_at_) {
        if (checkpoint(SQLITE_CHECKPOINT_TRUNCATE, brief_millis)) {
            truncate_at_.reset();
            truncated_ = now;
        } else {
            truncate_at_ = now + interval_ / 4;
        }
        return;
    }
    // A log that readers keep from starting anew is tried again only after another stretch of it.
    if (pages_ * page_size_ < copy_back_bytes) return;
    (void)checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0);
    pages_ = 0;
}

Status Journal::truncate() {
    PROVOST_CHECK(checkpoint(SQLITE_CHECKPOINT_TRUNCATE, patient_millis));
    truncate_at_.reset();
    truncated_ = std::chrono::steady_clock::now();
    return {};
}

Status Journal::checkpoint(int mode, int wait_millis) {
    sqlite3_busy_timeout(database_.handle(), wait_millis);
    const int code = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(database_.handle(), patient_millis);
    if (code != SQLITE_OK) return fail(database_.error(code));
    return {};
}

}  // namespace provost::sqlite
