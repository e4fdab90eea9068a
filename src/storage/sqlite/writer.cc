#include "storage/sqlite/writer.h"

#include "storage/sqlite/rows.h"
#include "storage/sqlite/transaction.h"

#include <algorithm>
#include <exception>
#include <future>
#include <iterator>
#include <unordered_map>

namespace provost::sqlite {

namespace {

using std::chrono::steady_clock;

constexpr auto retry_events_after = std::chrono::seconds(1);
constexpr std::size_t prune_step = 200;

Error queue_full() {
    return {"P-6011", "too many changes wait for the store", "", "it writes more slowly than changes come",
            "Try again in a moment"};
}

// Whatever kept the batch from being committed, the caller learns the one thing that counts: nothing was
// changed.
Error nothing_written(Error cause) {
    if (cause.code != "P-6014") cause.code = "P-6010";
    return cause;
}

// What the visits of one batch told of one device.
struct Sighting {
    const Event* last = nullptr;
    const std::string* firmware = nullptr;
    const std::string* model = nullptr;
    const Event* rated = nullptr;

    void add(const Event& event) {
        if (last == nullptr || event.at >= last->at) last = &event;
        if (!event.firmware.empty()) firmware = &event.firmware;
        if (!event.model.empty()) model = &event.model;
        if (event.rating.stars != 0 && (rated == nullptr || tells_another(event))) rated = &event;
    }
    // The first visit of those rated alike counts.
    [[nodiscard]] bool tells_another(const Event& event) const {
        return event.at >= rated->at &&
               (event.rating.stars != rated->rating.stars || event.rating.reason != rated->rating.reason);
    }
};

// Written when it changes, which is hardly ever: a call home as the one before costs a look.
Status note_rating(Database& database, MacAddress mac, const Event& event) {
    return database.run(
        "INSERT INTO device_ratings (mac, stars, reason, remedy, since)"
        " SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM devices WHERE mac = ?1)"
        " ON CONFLICT (mac) DO UPDATE SET stars = excluded.stars, reason = excluded.reason,"
        " remedy = excluded.remedy, since = excluded.since"
        " WHERE stars <> excluded.stars OR reason <> excluded.reason OR remedy <> excluded.remedy",
        mac, event.rating.stars, event.rating.reason, event.rating.raise, event.at);
}

Status note_sighting(Database& database, MacAddress mac, const Sighting& seen) {
    static const std::string untold;
    if (seen.rated != nullptr) PROVOST_CHECK(note_rating(database, mac, *seen.rated));
    return database.run(
        "UPDATE devices SET last_seen = ?2, last_source = ?3, firmware = iif(?4 = '', firmware, ?4),"
        " model = iif(model = '', ?5, model) WHERE mac = ?1 AND (last_seen IS NULL OR last_seen <= ?2)",
        mac, seen.last->at, seen.last->source, seen.firmware == nullptr ? untold : *seen.firmware,
        seen.model == nullptr ? untold : *seen.model);
}

Event dropped_event(std::uint64_t count) {
    Event event;
    event.at = SystemClock().now();
    event.kind = "store.events-dropped";
    event.detail =
        std::to_string(count) + " events were dropped, the oldest first: the store could not keep up";
    event.actor = "store";
    return event;
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
      trail_(database_, std::move(audit)) {}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool Writer::queue(Waiting& waiting) {
    if (changes_.size() >= options_.changes_waiting) return false;
    changes_.push_back(std::move(waiting));
    return true;
}

void Writer::set_due() {
    if (due_) return;
    due_ = steady_clock::now() + options_.event_delay;
    work_.notify_one();
}

void Writer::submit(Change change, ChangeDone done) {
    submit({std::move(change), std::move(done)});
}

void Writer::submit(Waiting waiting) {
    {
        const std::lock_guard lock(mutex_);
        if (queue(waiting)) {
            ++urgent_;
            work_.notify_one();
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
    return wait({std::move(change), nullptr});
}

Status Writer::outside(std::function<Status()> work) {
    return wait({nullptr, nullptr, {}, std::move(work)});
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
        if (!batch.changes.empty() || !batch.events.empty()) write(batch);
        journal_.tend(steady_clock::now());
        batch = {};
    }
    if (journal_.deadline()) (void)journal_.truncate();
}

std::optional<Writer::SteadyTime> Writer::next_deadline() const {
    const auto journal = journal_.deadline();
    if (!journal || !due_) return journal ? journal : due_;
    return std::min(*journal, *due_);
}

bool Writer::wait_for(Batch& batch) {
    std::unique_lock lock(mutex_);
    while (urgent_ == 0 && !stopping_) {
        const auto deadline = next_deadline();
        if (deadline && *deadline <= steady_clock::now()) break;
        deadline ? static_cast<void>(work_.wait_until(lock, *deadline)) : work_.wait(lock);
    }
    const bool finished = stopping_ && changes_.empty() && events_.empty();
    take(batch);
    return !finished;
}

void Writer::take(Batch& batch) {
    batch.changes.swap(changes_);
    urgent_ = 0;
    due_.reset();
    batch.events.swap(events_);
    batch.dropped = std::exchange(dropped_, 0);
}

void Writer::write(Batch& batch) {
    const auto began = steady_clock::now();
    const auto events = batch.events.size();
    auto committed = commit(batch);
    count(batch, events, began, committed.has_value());
    if (!committed) {
        if (database_.in_transaction()) (void)database_.run("ROLLBACK");
        trail_.forget();
        const Error error = nothing_written(std::move(committed).error());
        for (auto& waiting : batch.changes)
            if (waiting.change) waiting.outcome = fail(error);
        keep_events(batch);
    }
    for (auto& waiting : batch.changes)
        if (waiting.outside) waiting.outcome = waiting.outside();
    for (auto& waiting : batch.changes)
        if (waiting.done) waiting.done(std::move(waiting.outcome));
}

void Writer::count(const Batch& batch, std::size_t events, SteadyTime began, bool committed) {
    auto& metrics = *options_.metrics;
    metrics.writable = committed;
    metrics.commit_duration.observe(std::chrono::duration<double>(steady_clock::now() - began).count());
    metrics.commit_changes.observe(static_cast<double>(batch.changes.size()));
    if (!committed) return metrics.commit_failures.add();
    metrics.events_written.add(events);
    metrics.secrets_purged.add(batch.purged);
}

Status Writer::commit(Batch& batch) {
    PROVOST_CHECK(database_.run("BEGIN IMMEDIATE"));
    for (auto& waiting : batch.changes) {
        if (!waiting.change) continue;
        waiting.outcome = run_change(waiting.change, batch.purged);
        // A full disk may undo the whole transaction, not only this change.
        if (!database_.in_transaction())
            return fail(waiting.outcome ? database_.error(SQLITE_ABORT_ROLLBACK) : waiting.outcome.error());
    }
    PROVOST_CHECK(write_events(batch));
    return database_.run("COMMIT");
}

Status Writer::run_change(const Change& change, std::size_t& purged) {
    PROVOST_CHECK(database_.run("SAVEPOINT change"));
    SqliteTransaction transaction(database_, trail_);
    const auto mark = trail_.mark();
    Status outcome;
    try {
        outcome = change(transaction);
    } catch (const std::exception& accident) {
        outcome =
            fail({"P-6018", "a change failed by accident", "", accident.what(), "Report this with the log"});
    }
    if (!database_.in_transaction()) return outcome;
    if (outcome && transaction.destroyed()) journal_.mark_destroyed(steady_clock::now());
    if (!outcome) trail_.back_to(mark);
    if (outcome) purged += transaction.purged();
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
    std::unordered_map<MacAddress, Sighting> sightings;
    for (const auto& event : batch.events) {
        PROVOST_CHECK(insert_event(database_, event));
        if (event.proved && event.device) sightings[*event.device].add(event);
    }
    for (const auto& [mac, seen] : sightings) PROVOST_CHECK(note_sighting(database_, mac, seen));
    return prune_events(batch.events.size());
}

// Twice as many as came, so that the table shrinks back after its limit was lowered, and never many at once.
Status Writer::prune_events(std::size_t written) {
    const auto limit = 2 * written + prune_step;
    return database_.run(
        "DELETE FROM events WHERE id IN (SELECT id FROM events"
        " WHERE id <= (SELECT max(id) FROM events) - ?1 ORDER BY id LIMIT ?2)",
        options_.events_kept, limit);
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
