// Undos of imports as jobs: they go on without whoever asked for them, and after an end of the server. Their
// records are in the store (service/import_records.h); here are those that run.
#pragma once

#include "service/house.h"
#include "service/undo_import.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace provost {

// Records are kept for a day: of those of one day that a server's end broke off none is to be forgotten.
inline constexpr std::size_t records_recalled = 10'000;

class UndoJobs {
 public:
    explicit UndoJobs(House& house) : house_(house) {}
    ~UndoJobs();  // running ones stop after their batch; the next server goes on with them

    void recall();  // goes on with what the server's end broke off
    // One that runs already is left to run. P-2513 it is too late, P-2514 it is undone already, P-2515
    // nothing was written, P-8013 as many as can be are running.
    Result<ImportRecord> begin(std::int64_t number, const std::string& reason, const Actor& actor);
    // After the batch that is being undone; P-8007: it is not running.
    Status cancel(std::int64_t number);

 private:
    static constexpr std::size_t most_jobs = 8;

    struct Job {
        std::atomic<bool> stop{false};       // the server ends, or
        std::atomic<bool> cancelled{false};  // somebody asked for it
        std::atomic<bool> over{false};
        std::jthread worker;  // last: it ends before the rest goes
    };

    Result<bool> mark_begun(std::int64_t number, const std::string& reason, const Actor& actor,
                            ImportRecord& record);
    void start(const ImportRecord& record);  // with the mutex held
    void work(Job& job, std::int64_t number, Actor actor);
    void end(const Job& job, std::int64_t number, UndoState state, const std::string& trouble);
    Status settle(std::int64_t number, UndoState state, std::string trouble);

    House& house_;
    std::mutex mutex_;
    std::map<std::int64_t, std::unique_ptr<Job>> jobs_;
};

}  // namespace provost
