// The one thread that writes: takes all changes that wait, commits them together, then tells each how it
// went.
#pragma once

#include "service/store.h"
#include "storage/sqlite/audit_trail.h"
#include "storage/sqlite/database.h"
#include "storage/sqlite/journal.h"
#include "storage/sqlite/sqlite_store.h"
#include "storage/sqlite/store_health.h"
#include "storage/sqlite/tallies.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace provost::sqlite {

class Writer {
 public:
    // P-6040: the audit trail does not fit its keys.
    static Result<std::unique_ptr<Writer>> start(Database database, std::shared_ptr<AuditKeys> audit,
                                                 const SqliteOptions& options);
    ~Writer();  // writes what was queued
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    // As Store promises.
    void submit(Change change, ChangeDone done);
    void submit_later(Change change);
    Status apply(Change change);
    void record(Event event);
    Status checkpoint() {
        return outside([this]() { return journal_.truncate(); });
    }
    Result<AuditTail> ratchet_audit();
    void on_queued(std::function<void()> ring);

 private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    struct Waiting {
        Change change;  // null: `outside` it is
        ChangeDone done;
        bool alone = false;  // in a transaction of its own
        Status outcome = {};
        std::function<Status()> outside = {};  // of transactions, after that of its batch
    };
    struct Batch {
        std::vector<Waiting> changes;
        std::deque<Event> events;
        std::uint64_t dropped = 0;
        std::size_t purged = 0;  // secrets, by its changes
        bool queued = false;     // a registrar is to be told something
    };

    Writer(Database database, std::shared_ptr<AuditKeys> audit, const SqliteOptions& options);
    void submit(Waiting waiting);
    Status outside(std::function<Status()> work);
    Status wait(Waiting waiting);
    bool queue(Waiting& waiting);  // with mutex_ held; false if the queue is full
    void set_due();                // ... something that can wait has come
    void run();
    bool wait_for(Batch& batch);
    std::optional<SteadyTime> next_deadline() const;
    void gather(std::unique_lock<std::mutex>& lock);
    void wake();
    void take(Batch& batch);
    void write_all(Batch& waiting);
    void write(Batch& batch);
    Status commit(Batch& batch);
    Status run_changes(Batch& batch);
    Result<bool> run_together(Batch& batch);  // false: one failed halfway, which undoes them all
    Status run_apart(Batch& batch);
    [[nodiscard]] Error undone(const Status& outcome) const;
    void refuse(Batch& batch, Error cause);
    Status run_change(const Change& change, Batch& batch);
    Status run_guarded(const Change& change, Batch& batch);
    void count(const Batch& batch, std::size_t events, SteadyTime began);
    Status write_events(Batch& batch);
    void write_last_tally();
    void keep_events(Batch& batch);
    void ring();

    Database database_;
    const SqliteOptions options_;
    Journal journal_;
    AuditTrail trail_;
    StoreHealth health_;
    VisitTally tally_;
    SteadyTime last_commit_{};  // its end

    std::mutex mutex_;  // guards what follows
    std::condition_variable work_;
    std::vector<Waiting> changes_;
    std::size_t urgent_ = 0;  // of changes_: somebody waits for them
    bool haste_ = false;      // one of them can not wait for company
    bool gathering_ = false;  // the thread waits for company
    std::deque<Event> events_;
    std::uint64_t dropped_ = 0;
    std::optional<SteadyTime> due_;  // when events and changes that can wait must be written
    bool stopping_ = false;
    std::function<void()> ring_;

    std::thread thread_;
};

}  // namespace provost::sqlite
