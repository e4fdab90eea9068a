#include "api/import_jobs.h"

#include <array>
#include <cstdio>

namespace provost {

namespace {

ImportDevices::Progress progress_of(ImportJob& job) {
    return [&job](std::size_t done, std::size_t total) {
        job.rows_done = done;
        job.rows_total = total;
    };
}

}  // namespace

std::string_view to_text(JobState state) {
    static constexpr std::array<std::string_view, 5> names = {"checking", "checked", "applying", "done",
                                                              "failed"};
    return names.at(static_cast<std::size_t>(state));
}

std::shared_ptr<ImportJob> ImportJobs::begin(std::string file, ImportOptions options) {
    const std::lock_guard lock(mutex_);
    char id[24];
    std::snprintf(id, sizeof id, "i%08llu", static_cast<unsigned long long>(++last_));
    auto job = std::make_shared<ImportJob>();
    job->id = id;
    while (jobs_.size() >= most_jobs) jobs_.erase(jobs_.begin());
    jobs_[job->id] = job;
    job->worker = std::jthread([this, raw = job.get(), file = std::move(file), options = std::move(options)] {
        auto plan = ImportDevices(house_).check(file, options, progress_of(*raw));
        if (plan)
            raw->plan = std::move(*plan);
        else
            raw->error = plan.error();
        raw->state = plan ? JobState::checked : JobState::failed;
    });
    return job;
}

Result<std::shared_ptr<ImportJob>> ImportJobs::find(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(id);
    if (found != jobs_.end()) return found->second;
    return fail({"P-8005", "there is no import '" + id.substr(0, 32) + "'", "import", "",
                 "Bring the file again; repeating it changes nothing that is there."});
}

Result<std::shared_ptr<ImportJob>> ImportJobs::apply(const std::string& id) {
    PROVOST_TRY(auto job, find(id));
    auto expected = JobState::checked;
    if (!job->state.compare_exchange_strong(expected, JobState::applying))
        return fail({"P-8007", "import '" + job->id + "' can't be applied now", "import",
                     "it is " + std::string(to_text(expected))});
    job->rows_done = 0;
    job->worker = std::jthread([this, raw = job.get()] {
        const auto applied = ImportDevices(house_).apply(raw->plan, progress_of(*raw));
        if (!applied) raw->error = applied.error();
        raw->state = applied ? JobState::done : JobState::failed;
    });
    return job;
}

}  // namespace provost
