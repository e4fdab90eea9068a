#include "storage/sqlite/writer.h"

#include "storage/sqlite/rows.h"
#include "storage/sqlite/transaction.h"
#include "storage/sqlite/visit_log.h"

#include <algorithm>
#include <exception>
#include <future>
#include <iterator>

namespace provost::sqlite {

namespace {

using std::chrono::steady_clock;

constexpr auto retry_events_after = std::chrono::seconds(1);
constexpr auto between_commits = std::chrono::milliseconds(5);

Error queue_full() {
    return {"P-6011", "too many changes wait for the store", "", "it writes more slowly than changes come",
            "Try again in a moment"};
}

// Whatever kept the batch from being committed, the caller learns the one thing that counts: nothing was
// changed.
Error nothing_written(Error cause) {
    if (cause.code != "P-6014" && cause.code != "P-6040") cause.code = "P-6010";
    return cause;
}

}  // namespace

Result<std::unique_ptr<Writer>> Writer::start(Database database, std::shared_ptr<AuditKeys> audit,
                                              const SqliteOptions& options) {
    std::unique_ptr<Writer> writer(new Writer(std::move(database), std::move(audit), options));
    PROVOST_CHECK(writer->trail_.start());
    writer->thread_ = std::thread(&Writer::run, writer.get());
    return writer;
}

Writer::Writer(Database database, std::shared_ptr<AuditKeys> audit, const SqliteOptions& options)
    : database_(std::move(database)),
      options_(options),
      journal_(database_, options.truncate_interval),
      trail_(database_, std::move(audit)),
      health_(database_, journal_, trail_, *options_.metrics),
      tally_(options.tally_interval) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Writer::on_queued(std::function<void()> ring) {
    const std::lock_guard lock(mutex_);
    ring_ = std::move(ring);
}

void Writer::ring() {
    const std::lock_guard lock(mutex_);
    if (ring_) ring_();
}

bool Writer::queue(Waiting& waiting) {
    if (changes_.size() >= options_.changes_waiting) return false;
    haste_ = haste_ || waiting.alone;
    changes_.push_back(std::move(waiting));
    return true;
}

void Writer::set_due() {
    if (due_) return;
    due_ = steady_clock::now() + options_.event_delay;
    wake();
}

void Writer::submit(Change change, ChangeDone done) {
    submit({std::move(change), std::move(done)});
}

void Writer::submit(Waiting waiting) {
    {
        const std::lock_guard lock(mutex_);
        if (queue(waiting)) {
            ++urgent_;
            wake();
            return;
        }
    }
    if (waiting.done) waiting.done(fail(queue_full()));
}

void Writer::submit_later(Change change) {
    Waiting waiting{std::move(change), nullptr};
    const std::lock_guard lock(mutex_);
    if (queue(waiting)) set_due();
}

Status Writer::apply(Change change) {
    return wait({std::move(change), nullptr, true});
}

Status Writer::outside(std::function<Status()> work) {
    return wait({nullptr, nullptr, false, {}, std::move(work)});
}

Result<AuditTail> Writer::ratchet_audit() {
    AuditTail tail;
    PROVOST_CHECK(outside([&]() -> Status {
        PROVOST_TRY(tail, trail_.ratchet());
        return {};
    }));
    return tail;
}

Status Writer::wait(Waiting waiting) {
    if (std::this_thread::get_id() == thread_.get_id())
        return fail({"P-6017", "a change waits for another one", "",
                     "it was asked for on the writer's own thread",
                     "Report this: it is a fault in the program"});
    std::promise<Status> outcome;
    waiting.done = [&](Status status) { outcome.set_value(std::move(status)); };
    submit(std::move(waiting));
    return outcome.get_future().get();
}

void Writer::record(Event event) {
    const std::lock_guard lock(mutex_);
    if (events_.size() >= options_.events_waiting) {
        events_.pop_front();
        ++dropped_;
        options_.metrics->events_dropped.add();
    }
    events_.push_back(std::move(event));
    set_due();
}

void Writer::run() {
    Batch batch;
    while (wait_for(batch)) {
        health_.tend(steady_clock::now());
        if (!batch.changes.empty() || !batch.events.empty()) write_all(batch);
        if (health_.well())
            if (auto tended = journal_.tend(steady_clock::now()); !tended)
                health_.doubt(std::move(tended).error(), steady_clock::now());
        batch = {};
    }
    if (health_.well()) write_last_tally();
    if (health_.well() && journal_.deadline()) (void)journal_.truncate();
}

std::optional<Writer::SteadyTime> Writer::next_deadline() const {
    const auto own = health_.well() ? journal_.deadline() : health_.deadline();
    if (!own || !due_) return own ? own : due_;
    return std::min(*own, *due_);
}

bool Writer::wait_for(Batch& batch) {
    std::unique_lock lock(mutex_);
    while (urgent_ == 0 && !stopping_) {
        const auto deadline = next_deadline();
        if (deadline && *deadline <= steady_clock::now()) break;
        deadline ? static_cast<void>(work_.wait_until(lock, *deadline)) : work_.wait(lock);
    }
    gather(lock);
    const bool finished = stopping_ && changes_.empty() && events_.empty();
    take(batch);
    return !finished;
}

// A sync costs more than the changes that share it, so a commit that follows another at once waits a little
// for company; not where somebody waits for one that has none.
void Writer::gather(std::unique_lock<std::mutex>& lock) {
    const auto due = last_commit_ + between_commits;
    gathering_ = true;
    while (!stopping_ && !haste_ && steady_clock::now() < due) work_.wait_until(lock, due);
    gathering_ = false;
}

// While it gathers only what can't wait wakes it: to be woken costs more than to run a change.
void Writer::wake() {
    if (!gathering_ || haste_) work_.notify_one();
}

void Writer::take(Batch& batch) {
    batch.changes.swap(changes_);
    urgent_ = 0;
    haste_ = false;
    due_.reset();
    batch.events.swap(events_);
    batch.dropped = std::exchange(dropped_, 0);
}

// What wants a transaction of its own is cut off from what waits before and behind it.
void Writer::write_all(Batch& waiting) {
    Batch part;
    part.events.swap(waiting.events);
    part.dropped = waiting.dropped;
    const auto write_part = [&] {
        write(part);
        part = {};
    };
    for (auto& change : waiting.changes) {
        const bool alone = change.alone;
        if (alone && !part.changes.empty()) write_part();
        part.changes.push_back(std::move(change));
        if (alone) write_part();
    }
    if (!part.changes.empty() || !part.events.empty()) write_part();
    last_commit_ = steady_clock::now();
}

void Writer::write(Batch& batch) {
    const auto began = steady_clock::now();
    const auto events = batch.events.size();
    auto committed = health_.well() ? commit(batch) : fail(health_.trouble());
    if (committed)
        count(batch, events, began);
    else
        refuse(batch, nothing_written(std::move(committed).error()));
    for (auto& waiting : batch.changes)
        if (waiting.outside) waiting.outcome = health_.well() ? waiting.outside() : fail(health_.trouble());
    if (committed && batch.queued) ring();
    for (auto& waiting : batch.changes)
        if (waiting.done) waiting.done(std::move(waiting.outcome));
}

void Writer::refuse(Batch& batch, Error cause) {
    if (health_.well()) {
        options_.metrics->commit_failures.add();
        if (database_.in_transaction()) (void)database_.run("ROLLBACK");
        trail_.forget();
        health_.doubt(cause, steady_clock::now());
    }
    for (auto& waiting : batch.changes)
        if (waiting.change) waiting.outcome = fail(cause);
    health_.note_refused(batch.changes.size());
    keep_events(batch);
}

void Writer::count(const Batch& batch, std::size_t events, SteadyTime began) {
    auto& metrics = *options_.metrics;
    metrics.commit_duration.observe(std::chrono::duration<double>(steady_clock::now() - began).count());
    metrics.commit_changes.observe(static_cast<double>(batch.changes.size()));
    metrics.events_written.add(events);
    metrics.secrets_purged.add(batch.purged);
}

Status Writer::commit(Batch& batch) {
    PROVOST_CHECK(database_.run("BEGIN IMMEDIATE"));
    PROVOST_CHECK(run_changes(batch));
    PROVOST_CHECK(write_events(batch));
    PROVOST_CHECK(tally_.write(database_, steady_clock::now()));
    PROVOST_CHECK(database_.run("COMMIT"));
    tally_.written(steady_clock::now());
    tally_.count(batch.events);
    trail_.note_commit();
    return {};
}

// Changes hardly ever fail once they have written something, so they run without savepoints: within one,
// SQLite copies each page before it is changed, and looks through the copies at the end of every statement.
Status Writer::run_changes(Batch& batch) {
    const auto mark = trail_.mark();
    PROVOST_TRY(const bool done, run_together(batch));
    if (done) return {};
    PROVOST_CHECK(database_.run("ROLLBACK"));
    trail_.back_to(mark);
    PROVOST_CHECK(database_.run("BEGIN IMMEDIATE"));
    return run_apart(batch);
}

Result<bool> Writer::run_together(Batch& batch) {
    for (auto& waiting : batch.changes) {
        if (!waiting.change) continue;
        const auto before = database_.rows_changed();
        waiting.outcome = run_change(waiting.change, batch);
        if (!database_.in_transaction()) return fail(undone(waiting.outcome));
        if (!waiting.outcome && database_.rows_changed() != before) return false;
    }
    return true;
}

// One after the other once more, so that the one that fails is undone alone. One of its own was undone
// already, and is not run again.
Status Writer::run_apart(Batch& batch) {
    batch.purged = 0;
    batch.queued = false;
    for (auto& waiting : batch.changes) {
        if (!waiting.change || waiting.alone) continue;
        waiting.outcome = run_guarded(waiting.change, batch);
        if (!database_.in_transaction()) return fail(undone(waiting.outcome));
    }
    return {};
}

// A full disk may undo the whole transaction, not only the change that met it.
Error Writer::undone(const Status& outcome) const {
    return outcome ? database_.error(SQLITE_ABORT_ROLLBACK) : outcome.error();
}

Status Writer::run_change(const Change& change, Batch& batch) {
    SqliteTransaction transaction(database_, trail_);
    const auto mark = trail_.mark();
    Status outcome;
    try {
        outcome = change(transaction);
    } catch (const std::exception& accident) {
        outcome =
            fail({"P-6018", "a change failed by accident", "", accident.what(), "Report this with the log"});
    }
    if (!outcome && database_.in_transaction()) trail_.back_to(mark);
    if (!outcome || !database_.in_transaction()) return outcome;
    if (transaction.destroyed()) journal_.mark_destroyed(steady_clock::now());
    batch.purged += transaction.purged();
    if (transaction.queued()) batch.queued = true;
    return outcome;
}

Status Writer::run_guarded(const Change& change, Batch& batch) {
    PROVOST_CHECK(database_.run("SAVEPOINT change"));
    auto outcome = run_change(change, batch);
    if (!database_.in_transaction()) return outcome;
    Status closed = outcome ? Status() : database_.run("ROLLBACK TO change");
    if (closed) closed = database_.run("RELEASE change");
    if (closed) return outcome;
    (void)database_.run("ROLLBACK");  // half a change must not ride along: the batch fails as a whole
    return closed;
}

Status Writer::write_events(Batch& batch) {
    if (batch.dropped != 0) {
        batch.events.push_front(dropped_event(batch.dropped));
        batch.dropped = 0;
    }
    return write_visits(database_, batch.events, options_.events_kept);
}

// Figures, nothing more: what goes wrong here is not worth a word at the end.
void Writer::write_last_tally() {
    (void)database_.transact([&] { return tally_.write(database_, steady_clock::now(), true); });
}

void Writer::keep_events(Batch& batch) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;  // the store is going and still can't write them
    batch.events.insert(batch.events.end(), std::make_move_iterator(events_.begin()),
                        std::make_move_iterator(events_.end()));
    events_ = std::move(batch.events);
    while (events_.size() > options_.events_waiting) {
        events_.pop_front();
        ++dropped_;
        options_.metrics->events_dropped.add();
    }
    if (!events_.empty()) due_ = steady_clock::now() + retry_events_after;
}

}  // namespace provost::sqlite
