// Imports as jobs: checked and applied in the background, with progress; they go on without whoever began
// them. A few are kept; the oldest that rest go first. Of those that were written the store keeps a record,
// by which they can be undone.
#pragma once

#include "api/undo_jobs.h"
#include "service/import_arrivals.h"
#include "service/import_check.h"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace provost {

// interrupted: the server ended or the disk failed while it was applied.
enum class JobState : std::uint8_t { checking, checked, applying, done, failed, cancelled, interrupted };
std::string_view to_text(JobState state);
bool is_running(JobState state);

// Who has a checked list written, and why; nobody: whoever brought it.
struct ImportOrder {
    std::string actor, reason;
};

struct ImportJob {
    std::int64_t number = 0;
    std::string id;
    std::string actor;
    std::optional<ImportOptions> options;  // it was checked with; nullopt: they went with an earlier server
    ColumnChoices columns;
    Timestamp made{};
    std::optional<TenantId>
        owner;  // the tenant that its maker is bound to; only those who see it see the job
    std::atomic<JobState> state{JobState::checking};
    std::atomic<std::size_t> rows_done{0}, rows_total{0};
    std::atomic<std::int64_t> began{0};  // checking or applying, milliseconds of the clock
    std::atomic<std::int64_t> ended{0};
    std::atomic<bool> stop{false};
    std::mutex plan_mutex;
    ImportDevices::Plan plan;  // held by the worker that writes it while it does
    ImportOrder order;         // with the plan's mutex, as what follows
    ListFacts facts;           // of its list
    ArrivalWatch arrivals;     // of one that is done
    Error error;               // states failed, cancelled and interrupted
    std::jthread worker;       // last: it ends before the rest goes
};

class ImportJobs {
 public:
    // Those that were applied when the server ended are told as interrupted; undos go on.
    explicit ImportJobs(House& house);
    ~ImportJobs();  // running ones stop after their batch

    // P-8013: as many as can be are running.
    Result<std::shared_ptr<ImportJob>> begin(std::string file, ImportOptions options,
                                             ColumnChoices columns = {});
    // P-8005 no such job, P-8007 not checked yet or applied already.
    Result<std::shared_ptr<ImportJob>> find(const std::string& id);  // of its record, where no more is kept
    // ... and P-2505 and the like, where something is to be said of its columns.
    Result<std::shared_ptr<ImportJob>> apply(const std::string& id, const ImportOrder& order = {});
    // After the batch that is being written; P-8007: it is not running.
    Result<std::shared_ptr<ImportJob>> cancel(const std::string& id);
    [[nodiscard]] std::vector<std::shared_ptr<ImportJob>> all() const;  // newest first

    // What is kept of it, once it was written; nullopt: nothing was, or its time is long over.
    [[nodiscard]] Result<std::optional<ImportRecord>> record(const ImportJob& job) const;
    // As UndoJobs::begin; P-8005, P-8007 it is not written yet.
    Result<ImportRecord> undo(const std::string& id, const std::string& reason, const Actor& actor);
    UndoJobs& undos() { return undos_; }

 private:
    static constexpr std::size_t most_jobs = 8;

    void recall();
    std::shared_ptr<ImportJob> job_of(const ImportRecord& record) const;
    bool make_room(std::optional<TenantId> owner);  // with the mutex held, a place for one more
    Status keep_number(std::int64_t number);
    Status open_record(const ImportJob& job, const ImportOrder& order, const ImportReport& report);
    Status close_record(std::int64_t number, ImportStage stage, const std::string& actor);
    void check(ImportJob& job, const std::string& file, const ImportOptions& options);
    void write(ImportJob& job);
    void close(const ImportJob& job, ImportStage stage, const std::string& actor);
    void run(ImportJob& job, const std::function<void()>& work);
    void settle(ImportJob& job, JobState state);
    ImportDevices::Progress progress_of(ImportJob& job);

    House& house_;
    std::atomic<bool> ending_{false};  // the server
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<ImportJob>> jobs_;  // ids rise
    std::int64_t last_ = 0;
    UndoJobs undos_;
};

// "i00000007", and that of its undo: "u00000007".
std::string import_id(std::int64_t number);
std::string undo_id(std::int64_t number);
std::optional<std::int64_t> number_of_import(const std::string& id);
std::optional<std::int64_t> number_of_undo(const std::string& id);

Error no_import(const std::string& id);
Error no_job(const std::string& id);

}  // namespace provost
