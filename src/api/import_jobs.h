// Imports as jobs: checked and applied in the background, with progress. A few are kept; the oldest go first.
#pragma once

#include "service/import_devices.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

namespace provost {

enum class JobState : std::uint8_t { checking, checked, applying, done, failed };

struct ImportJob {
    std::string id;
    std::atomic<JobState> state{JobState::checking};
    std::atomic<std::size_t> rows_done{0}, rows_total{0};
    ImportDevices::Plan plan;  // read it only in states checked, done and failed
    Error error;               // state failed
    std::jthread worker;       // last: it ends before the rest goes
};

class ImportJobs {
 public:
    explicit ImportJobs(House& house) : house_(house) {}

    std::shared_ptr<ImportJob> begin(std::string file, ImportOptions options);
    // P-8005 no such job, P-8007 not checked yet or applied already.
    Result<std::shared_ptr<ImportJob>> find(const std::string& id);
    Result<std::shared_ptr<ImportJob>> apply(const std::string& id);

 private:
    static constexpr std::size_t most_jobs = 8;

    House& house_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<ImportJob>> jobs_;  // ids rise
    std::uint64_t last_ = 0;
};

std::string_view to_text(JobState state);

}  // namespace provost
