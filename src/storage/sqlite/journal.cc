#include "storage/sqlite/journal.h"

#include <algorithm>

namespace provost::sqlite {

namespace {

constexpr std::int64_t copy_back_bytes = 4 << 20;
constexpr int patient_millis = 5000;
constexpr int brief_millis = 50;  // a long read must not stop the writer; it tries again

bool is_bad(int code) {
    return code != SQLITE_OK && (code & 0xff) != SQLITE_BUSY;
}

}  // namespace

Journal::Journal(Database& database, Duration truncate_interval)
    : database_(database), interval_(truncate_interval) {
    attach();
}

void Journal::attach() {
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

Status Journal::tend(SteadyTime now) {
    if (truncate_at_ && now >= *truncate_at_) {
        const int code = checkpoint(SQLITE_CHECKPOINT_TRUNCATE, brief_millis);
        if (code == SQLITE_OK) {
            truncate_at_.reset();
            truncated_ = now;
        } else {
            truncate_at_ = now + interval_ / 4;
        }
        return is_bad(code) ? fail(database_.error(code)) : Status();
    }
    // A log that readers keep from starting anew is tried again only after another stretch of it.
    if (pages_ * page_size_ < copy_back_bytes) return {};
    const int code = checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0);
    pages_ = 0;
    return is_bad(code) ? fail(database_.error(code)) : Status();
}

Status Journal::truncate() {
    const int code = checkpoint(SQLITE_CHECKPOINT_TRUNCATE, patient_millis);
    if (code != SQLITE_OK) {
        auto error = database_.error(code);
        mark_destroyed(std::chrono::steady_clock::now());  // tried again, and told where it stays bad
        return fail(std::move(error));
    }
    truncate_at_.reset();
    truncated_ = std::chrono::steady_clock::now();
    return {};
}

Status Journal::copy_back() {
    if (const int code = checkpoint(SQLITE_CHECKPOINT_PASSIVE, 0); code != SQLITE_OK)
        return fail(database_.error(code));
    const int code = checkpoint(SQLITE_CHECKPOINT_TRUNCATE, brief_millis);
    if (is_bad(code)) return fail(database_.error(code));
    const auto now = std::chrono::steady_clock::now();
    if (code == SQLITE_OK)
        truncate_at_.reset();
    else
        mark_destroyed(now);
    return {};
}

int Journal::checkpoint(int mode, int wait_millis) {
    sqlite3_busy_timeout(database_.handle(), wait_millis);
    const int code = sqlite3_wal_checkpoint_v2(database_.handle(), nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(database_.handle(), patient_millis);
    return code;
}

}  // namespace provost::sqlite
