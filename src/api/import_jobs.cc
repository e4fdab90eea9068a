#include "api/import_jobs.h"

#include "api/import_note.h"
#include "domain/text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace provost {

namespace {

std::string id_of(std::uint64_t number) {
    char id[24];
    std::snprintf(id, sizeof id, "i%08llu", static_cast<unsigned long long>(number));
    return id;
}

Error interrupted(const RunningImport& run) {
    return {"P-2512",
            "the server ended while the import was written; it stopped at row " + std::to_string(run.done) +
                " of " + std::to_string(run.total),
            "import", "", "Load the file again: rows that were written are unchanged then."};
}

}  // namespace

std::string_view to_text(JobState state) {
    static constexpr std::array<std::string_view, 7> names = {"checking", "checked",   "applying",   "done",
                                                              "failed",   "cancelled", "interrupted"};
    return names.at(static_cast<std::size_t>(state));
}

Error no_import(const std::string& id) {
    return {"P-8005", "there is no import '" + id.substr(0, 32) + "'", "import", "",
            "Bring the file again; repeating it changes nothing that is there."};
}

Error no_job(const std::string& id) {
    return {"P-8005", "there is no job '" + printable(id, 32) + "'", "job"};
}

bool is_running(JobState state) {
    return state == JobState::checking || state == JobState::applying;
}

ImportJobs::ImportJobs(House& house) : house_(house) {
    recall();
}

ImportJobs::~ImportJobs() {
    for (const auto& [id, job] : jobs_) job->stop = true;
}

// What the note tells is told once: the next server that ends tells its own.
void ImportJobs::recall() {
    const auto note = house_.store.note(import_note);
    if (!note || note->empty()) return;
    const auto told = read_import_note(*note);
    last_ = told.last;
    for (const auto& run : told.running) {
        auto job = std::make_shared<ImportJob>();
        job->id = id_of(run.number);
        job->actor = run.actor;
        job->owner = run.owner;
        job->made = run.made;
        job->ended = to_millis(house_.clock.now());
        job->rows_done = run.done;
        job->rows_total = run.total;
        job->error = interrupted(run);
        job->state = JobState::interrupted;
        jobs_[job->id] = std::move(job);
    }
    (void)house_.store.apply([last = told.last](Transaction& transaction) {
        return transaction.put_note(import_note, write_import_note({last, {}}));
    });
}

bool ImportJobs::make_room() {
    while (jobs_.size() >= most_jobs) {
        const auto rests = std::ranges::find_if(
            jobs_, [](const auto& one) { return !is_running(one.second->state.load()); });
        if (rests == jobs_.end()) return false;
        jobs_.erase(rests);
    }
    return true;
}

ImportDevices::Progress ImportJobs::progress_of(ImportJob& job) {
    return [&job](std::size_t done, std::size_t total) {
        job.rows_done = done;
        job.rows_total = total;
        return !job.stop.load();
    };
}

void ImportJobs::settle(ImportJob& job, JobState state) {
    job.ended = to_millis(house_.clock.now());
    job.state = state;
}

void ImportJobs::check(ImportJob& job, const std::string& file, const ImportOptions& options) {
    auto plan = ImportDevices(house_).check(file, options, progress_of(job));
    if (!plan) {
        job.error = plan.error();
        return settle(job, job.stop ? JobState::cancelled : JobState::failed);
    }
    job.plan = std::move(*plan);
    job.plan.report.bytes = file.size();
    settle(job, JobState::checked);
}

void ImportJobs::write(ImportJob& job) {
    const auto number = std::strtoull(job.id.c_str() + 1, nullptr, 10);
    const auto mark = [&](Transaction& transaction, std::size_t done, std::size_t total) {
        return note_running(transaction, {number, done, total, job.made, job.actor, job.owner});
    };
    const auto applied = ImportDevices(house_).apply(job.plan, progress_of(job), mark);
    (void)house_.store.apply(
        [number](Transaction& transaction) { return forget_running(transaction, number); });
    job.plan.rows.clear();
    job.plan.rows.shrink_to_fit();
    if (!applied) job.error = applied.error();
    settle(job, applied ? JobState::done : job.stop ? JobState::cancelled : JobState::failed);
}

Result<std::shared_ptr<ImportJob>> ImportJobs::begin(std::string file, ImportOptions options) {
    const std::lock_guard lock(mutex_);
    if (!make_room())
        return fail({"P-8013", "too many imports are running", "import",
                     "there are " + std::to_string(most_jobs), "Wait for one to end, or cancel it."});
    auto job = std::make_shared<ImportJob>();
    job->id = id_of(++last_);
    job->actor = options.actor;
    job->owner = options.who.tenant;
    job->made = house_.clock.now();
    job->began = to_millis(job->made);
    jobs_[job->id] = job;
    job->worker = std::jthread([this, raw = job.get(), file = std::move(file), options = std::move(options)] {
        check(*raw, file, options);
    });
    return job;
}

Result<std::shared_ptr<ImportJob>> ImportJobs::find(const std::string& id) {
    const std::lock_guard lock(mutex_);
    const auto found = jobs_.find(id);
    if (found != jobs_.end()) return found->second;
    return fail(no_import(id));
}

Result<std::shared_ptr<ImportJob>> ImportJobs::apply(const std::string& id) {
    PROVOST_TRY(auto job, find(id));
    auto expected = JobState::checked;
    if (!job->state.compare_exchange_strong(expected, JobState::applying))
        return fail({"P-8007", "import '" + job->id + "' can't be applied now", "import",
                     "it is " + std::string(to_text(expected))});
    job->rows_done = 0;
    job->began = to_millis(house_.clock.now());
    job->worker = std::jthread([this, raw = job.get()] { write(*raw); });
    return job;
}

Result<std::shared_ptr<ImportJob>> ImportJobs::cancel(const std::string& id) {
    PROVOST_TRY(auto job, find(id));
    if (const auto state = job->state.load(); !is_running(state))
        return fail({"P-8007", "import '" + job->id + "' can't be cancelled", "import",
                     "it is " + std::string(to_text(state))});
    job->stop = true;
    return job;
}

std::vector<std::shared_ptr<ImportJob>> ImportJobs::all() const {
    const std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<ImportJob>> list;
    for (auto one = jobs_.rbegin(); one != jobs_.rend(); ++one) list.push_back(one->second);
    return list;
}

}  // namespace provost
