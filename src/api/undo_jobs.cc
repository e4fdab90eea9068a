#include "api/undo_jobs.h"

#include "service/log.h"
#include "service/store_trouble.h"
#include "service/tenants.h"

namespace provost {

namespace {

std::string counted(std::size_t count, std::string_view what) {
    return std::to_string(count) + " " + std::string(what);
}

std::string in_words(const ImportUndo& undo) {
    auto text = counted(undo.removed, "removed, ") + counted(undo.restored, "put back, ") +
                counted(undo.left, "left");
    if (undo.to_arm != 0) text += ", " + counted(undo.to_arm, "to be armed again");
    return text;
}

Event undo_event(std::string kind, const ImportRecord& record, const std::string& detail, Timestamp now) {
    auto event = change_event(std::move(kind), record.undo.actor, now);
    event.tenant = record.owner.value_or(0);
    event.detail = import_name(record.number) + ": " + detail;
    return event;
}

// Whether it may begin, or begin again.
Status check_time(const ImportRecord& record, Timestamp now) {
    const auto name = import_name(record.number);
    if (record.undo.state == UndoState::done)
        return fail({"P-2514", name + " is undone already", "import", "",
                     "Import the list again, if it is to be as it was."});
    if (record.until && may_begin(undo_state(record, now))) return {};
    return fail({"P-2513", "it is too late to undo " + name, "import",
                 "that can be asked for within ten minutes of its end",
                 "Change or remove the devices, or import a list of what they were."});
}

// The worker's sight is that of whoever asked.
Actor actor_of(const ImportUndo& undo) {
    Actor actor;
    actor.name = undo.actor;
    actor.tenant = undo.bound;
    return actor;
}

}  // namespace

UndoJobs::~UndoJobs() {
    for (const auto& [number, job] : jobs_) job->stop = true;
}

void UndoJobs::recall() {
    const auto records = house_.store.imports().list(records_recalled);
    const std::lock_guard lock(mutex_);
    if (!records) return;
    for (const auto& record : *records)
        if (record.undo.state == UndoState::running) start(record);
}

Result<ImportRecord> UndoJobs::begin(std::int64_t number, const std::string& reason, const Actor& actor) {
    const std::lock_guard lock(mutex_);
    std::erase_if(jobs_, [](const auto& one) { return one.second->over.load(); });
    ImportRecord record;
    if (jobs_.size() >= most_jobs && !jobs_.contains(number))
        return fail({"P-8013", "too many undos are running", "import",
                     "there are " + std::to_string(most_jobs), "Wait for one to end, or cancel it."});
    PROVOST_TRY(const bool fresh, mark_begun(number, reason, actor, record));
    if (fresh) jobs_.erase(number);  // a worker that has just settled the one before
    if (!jobs_.contains(number)) start(record);
    return record;
}

// Whether it was not running.
Result<bool> UndoJobs::mark_begun(std::int64_t number, const std::string& reason, const Actor& actor,
                                  ImportRecord& record) {
    bool fresh = false;
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto found, transaction.imports().find(number));
        if (!found)
            return fail(
                {"P-2515", "there is nothing to undo", "import", import_name(number) + " wrote nothing"});
        record = std::move(*found);
        auto& undo = record.undo;
        if (undo.state == UndoState::running) return {};
        fresh = true;
        const auto now = house_.clock.now();
        PROVOST_CHECK(check_time(record, now));
        undo.state = UndoState::running;
        undo.actor = actor.name, undo.bound = actor.tenant, undo.reason = reason;
        if (!undo.began) undo.began = now;
        undo.ended.reset(), undo.trouble.clear(), record.due.reset();
        PROVOST_CHECK(transaction.imports().update(record));
        const auto detail = counted(record.added, "added, ") + counted(record.changed, "changed; ") + reason;
        return transaction.insert_event(undo_event("import.undo-started", record, detail, now))
            .map([](std::int64_t) {});
    }));
    return fresh;
}

void UndoJobs::start(const ImportRecord& record) {
    auto& job = jobs_[record.number];
    job = std::make_unique<Job>();
    job->worker = std::jthread([this, raw = job.get(), number = record.number,
                                actor = actor_of(record.undo)] { work(*raw, number, actor); });
}

void UndoJobs::work(Job& job, std::int64_t number, Actor actor) {
    // Who throws is not to take the server along.
    try {
        UndoImport undo(house_, number, std::move(actor));
        const auto done = undo.run([&job] { return !job.stop.load() && !job.cancelled.load(); });
        if (!done)
            end(job, number, UndoState::failed, done.error().text());
        else if (*done || job.cancelled)
            end(job, number, *done ? UndoState::done : UndoState::cancelled, "");
    } catch (const std::exception& thrown) {
        end(job, number, UndoState::failed, thrown.what());
    }
    job.over = true;
}

// Where the store takes nothing, once it does again, or by the next server.
void UndoJobs::end(const Job& job, std::int64_t number, UndoState state, const std::string& trouble) {
    const auto settled =
        once_it_writes([&] { return settle(number, state, trouble); }, [&] { return job.stop.load(); });
    if (!settled)
        log_event(LogLevel::error, "import.undo-failed", settled.error().what, fields_of(settled.error()));
}

// What stopped may be asked for again, for as long as the import could be.
Status UndoJobs::settle(std::int64_t number, UndoState state, std::string trouble) {
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto record, transaction.imports().find(number));
        if (!record) return {};
        const auto now = house_.clock.now();
        auto& undo = record->undo;
        undo.state = state;
        undo.trouble = trouble;
        undo.ended = now;
        record->until = state == UndoState::done ? now : now + undo_window;
        record->due = record->until;
        PROVOST_CHECK(transaction.imports().update(*record));
        const auto detail = std::string(to_text(state)) + ", " + in_words(undo);
        return transaction.insert_event(undo_event("import.undo-ended", *record, detail, now))
            .map([](std::int64_t) {});
    });
}

Status UndoJobs::cancel(std::int64_t number) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(number);
    if (found == jobs_.end() || found->second->over)
        return fail({"P-8007", "the undo of " + import_name(number) + " can't be cancelled", "import",
                     "it is not running"});
    found->second->cancelled = true;
    return {};
}

}  // namespace provost
