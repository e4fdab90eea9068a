// What the store keeps of imports: begun, ended, and told again by the next server.
#include "api/import_jobs.h"
#include "domain/text.h"
#include "service/import_reasons.h"
#include "service/store_trouble.h"
#include "service/tenants.h"
#include "service/undo_import.h"

#include <algorithm>

namespace provost {

namespace {

const std::string last_note = "imports.last";  // the number that was given last

Error interrupted(const ImportRecord& record) {
    return {"P-2512",
            "the server ended or its disk failed while the import was written; it stopped at row " +
                std::to_string(record.done) + " of " + std::to_string(record.total),
            "import", "", "Load the file again: rows that were written are unchanged then."};
}

JobState state_of(ImportStage stage) {
    switch (stage) {
        case ImportStage::done:
            return JobState::done;
        case ImportStage::cancelled:
            return JobState::cancelled;
        case ImportStage::writing:  // nobody does any more
        case ImportStage::interrupted:
            break;
    }
    return JobState::interrupted;
}

Event import_event(std::string kind, const ImportRecord& record, const std::string& actor, std::string detail,
                   Timestamp now) {
    auto event = change_event(std::move(kind), actor, now);
    event.tenant = record.owner.value_or(0);
    event.detail = import_name(record.number) + ": " + std::move(detail);
    return event;
}

std::string begun_in_words(const ImportReport& report, bool arm, const std::string& reason) {
    auto text = std::to_string(report.to_add) + " to add, " + std::to_string(report.to_change) + " to change";
    if (arm) text += ", armed at once";
    return reason.empty() ? text : text + "; " + reason;
}

std::string ended_in_words(const ImportRecord& record, ImportStage stage) {
    return std::string(to_text(stage)) + ", " + std::to_string(record.added) + " added, " +
           std::to_string(record.changed) + " changed of " + std::to_string(record.total);
}

}  // namespace

// Without a report: that went with the server that made it.
std::shared_ptr<ImportJob> ImportJobs::job_of(const ImportRecord& record) const {
    auto job = std::make_shared<ImportJob>();
    job->number = record.number;
    job->id = import_id(record.number);
    job->actor = record.actor;
    job->owner = record.owner;
    job->made = record.made;
    job->began = to_millis(record.made);
    job->ended = to_millis(record.ended.value_or(record.made));
    job->rows_done = record.done;
    job->rows_total = record.total;
    job->plan.report.applied = record.added + record.changed;
    job->order = {record.actor,
                  reason_of(house_.store.note(std::string(reasons_note)).value_or(""), record.number)};
    job->state = state_of(record.stage);
    if (job->state == JobState::interrupted) job->error = interrupted(record);
    if (job->state == JobState::cancelled) job->error = import_stopped(record.done);
    return job;
}

void ImportJobs::recall() {
    last_ = whole_number(house_.store.note(last_note).value_or("")).value_or(0);
    const auto records = house_.store.imports().list(records_recalled);
    if (!records) return;
    for (auto record : *records) {
        if (record.stage == ImportStage::writing) {
            (void)close_record(record.number, ImportStage::interrupted, record.actor);
            record.stage = ImportStage::interrupted;
            record.ended = house_.clock.now();
        }
        last_ = std::max(last_, record.number);
        if (jobs_.size() < most_jobs) jobs_[import_id(record.number)] = job_of(record);
    }
}

// So that no two have the same, over restarts too.
Status ImportJobs::keep_number(std::int64_t number) {
    return house_.store.apply([number](Transaction& transaction) {
        return transaction.put_note(last_note, std::to_string(number));
    });
}

Status ImportJobs::open_record(const ImportJob& job, const ImportOrder& order, const ImportReport& report) {
    ImportRecord record;
    record.number = job.number;
    record.actor = order.actor;
    record.owner = job.owner;
    record.made = job.made;
    record.total = report.to_add + report.to_change;
    const bool arm = job.options && job.options->arm;
    const auto event = import_event("import.started", record, order.actor,
                                    begun_in_words(report, arm, order.reason), house_.clock.now());
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.imports().insert(record));
        if (!order.reason.empty()) {
            PROVOST_TRY(const auto note, transaction.note(std::string(reasons_note)));
            PROVOST_CHECK(
                transaction.put_note(std::string(reasons_note), with_reason(note, job.number, order.reason)));
        }
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

// From now on it can be undone; one that wrote nothing is forgotten.
Status ImportJobs::close_record(std::int64_t number, ImportStage stage, const std::string& actor) {
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(auto record, transaction.imports().find(number));
        if (!record) return {};
        const auto now = house_.clock.now();
        const auto event = import_event("import.ended", *record, actor, ended_in_words(*record, stage), now);
        PROVOST_CHECK(transaction.insert_event(event));
        if (record->added + record->changed == 0 && stage != ImportStage::interrupted)
            return transaction.imports().remove(number);
        record->stage = stage;
        record->ended = now;
        record->until = record->due = now + undo_window;
        return transaction.imports().update(*record);
    });
}

// Where the store takes nothing, once it does again.
void ImportJobs::close(const ImportJob& job, ImportStage stage, const std::string& actor) {
    (void)once_it_writes([&] { return close_record(job.number, stage, actor); },
                         [&] { return ending_.load(); });
}

}  // namespace provost
