#include "api/import_jobs.h"

#include "api/job_places.h"
#include "domain/text.h"
#include "service/store_trouble.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>
#include <utility>
#include <vector>

namespace provost {

namespace {

std::string numbered(char kind, std::int64_t number) {
    char id[24];
    std::snprintf(id, sizeof id, "%c%08lld", kind, static_cast<long long>(number));
    return id;
}

std::optional<std::int64_t> number_after(char kind, const std::string& id) {
    return id.starts_with(kind) ? whole_number(std::string_view(id).substr(1)) : std::nullopt;
}

}  // namespace

std::string import_id(std::int64_t number) {
    return numbered('i', number);
}

std::string undo_id(std::int64_t number) {
    return numbered('u', number);
}

std::optional<std::int64_t> number_of_import(const std::string& id) {
    return number_after('i', id);
}

std::optional<std::int64_t> number_of_undo(const std::string& id) {
    return number_after('u', id);
}

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

ImportJobs::ImportJobs(House& house) : house_(house), undos_(house) {
    recall();
    undos_.recall();
}

ImportJobs::~ImportJobs() {
    ending_ = true;
    for (const auto& [id, job] : jobs_) job->stop = true;
}

bool ImportJobs::make_room(std::optional<TenantId> owner) {
    std::vector<JobPlace> places;
    for (const auto& [id, job] : jobs_) places.push_back({job->owner, is_running(job->state.load())});
    const auto room = room_for(owner, places, most_jobs);
    if (room.pushed_out) jobs_.erase(std::next(jobs_.begin(), static_cast<std::ptrdiff_t>(*room.pushed_out)));
    return room.is_there;
}

// Who throws is not to take the server along.
void ImportJobs::run(ImportJob& job, const std::function<void()>& work) {
    try {
        work();
    } catch (const std::exception& thrown) {
        job.error = {"P-7042", "the import went wrong inside", "import", thrown.what()};
        settle(job, JobState::failed);
    }
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
    auto list = check_list(house_, file, options, job.columns, progress_of(job));
    if (!list) {
        job.error = list.error();
        return settle(job, job.stop ? JobState::cancelled : JobState::failed);
    }
    if (job.stop) {
        job.error = import_stopped(0);
        return settle(job, JobState::cancelled);
    }
    const std::lock_guard lock(job.plan_mutex);
    job.plan = std::move(list->plan);
    job.facts = std::move(list->facts);
    job.plan.report.bytes = file.size();
    settle(job, JobState::checked);
}

// Broken off by the server's end its record stays open: the next server tells it as interrupted, and from
// then on it can be undone for as long as any.
void ImportJobs::write(ImportJob& job) {
    ImportDevices::Plan plan;
    ImportOrder order;
    {
        const std::lock_guard lock(job.plan_mutex);
        plan = std::exchange(job.plan, {});
        order = job.order;
    }
    const auto began = house_.clock.now();
    const auto give_back = [&](bool done = false) {
        ArrivalWatch arrivals = done ? ArrivalWatch(plan, began) : ArrivalWatch();
        plan.rows.clear();
        plan.rows.shrink_to_fit();
        const std::lock_guard lock(job.plan_mutex);
        job.arrivals = std::move(arrivals);
        job.plan = std::move(plan);
    };
    if (auto opened = open_record(job, order, plan.report); !opened) {
        job.error = std::move(opened).error();
        give_back();
        return settle(job, JobState::failed);
    }
    plan.options.number = job.number;
    plan.options.actor = order.actor;
    const auto applied = ImportDevices(house_).apply(plan, progress_of(job));
    const auto stopped = !applied && !is_store_trouble(applied.error());
    if (applied || !ending_)
        close(job,
              applied   ? ImportStage::done
              : stopped ? ImportStage::cancelled
                        : ImportStage::interrupted,
              order.actor);
    if (!applied) job.error = applied.error();
    give_back(applied.has_value());
    settle(job, applied ? JobState::done : stopped ? JobState::cancelled : JobState::failed);
}

Result<std::shared_ptr<ImportJob>> ImportJobs::begin(std::string file, ImportOptions options,
                                                     ColumnChoices columns) {
    const std::lock_guard lock(mutex_);
    if (!make_room(options.who.tenant))
        return fail({"P-8013", "too many imports are running", "import",
                     "there are places for " + std::to_string(most_jobs) + ", half of them for one tenant",
                     "Wait for one to end, or cancel it."});
    PROVOST_CHECK(keep_number(last_ + 1));
    auto job = std::make_shared<ImportJob>();
    job->number = ++last_;
    job->id = import_id(job->number);
    job->actor = options.actor;
    job->options = options;
    job->columns = std::move(columns);
    job->owner = options.who.tenant;
    job->made = house_.clock.now();
    job->began = to_millis(job->made);
    job->worker = std::jthread([this, raw = job.get(), file = std::move(file), options = std::move(options)] {
        run(*raw, [&] { check(*raw, file, options); });
    });
    jobs_[job->id] = job;
    return job;
}

Result<std::shared_ptr<ImportJob>> ImportJobs::find(const std::string& id) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = jobs_.find(id);
        if (found != jobs_.end()) return found->second;
    }
    const auto number = number_of_import(id);
    if (!number || import_id(*number) != id) return fail(no_import(id));
    PROVOST_TRY(const auto record, house_.store.imports().find(*number));
    if (!record) return fail(no_import(id));
    return job_of(*record);
}

Result<std::optional<ImportRecord>> ImportJobs::record(const ImportJob& job) const {
    return house_.store.imports().find(job.number);
}

Result<ImportRecord> ImportJobs::undo(const std::string& id, const std::string& reason, const Actor& actor) {
    PROVOST_TRY(const auto job, find(id));
    const auto state = job->state.load();
    if (is_running(state) || state == JobState::checked)
        return fail({"P-8007", "import '" + job->id + "' can't be undone now", "import",
                     "it is " + std::string(to_text(state))});
    PROVOST_TRY(const auto kept, record(*job));
    // The disk failed as it ended.
    if (kept && kept->stage == ImportStage::writing)
        PROVOST_CHECK(close_record(job->number, ImportStage::interrupted, kept->actor));
    return undos_.begin(job->number, reason, actor);
}

// Under the mutex throughout: a job that is being written must not be one that was pushed out meanwhile.
Result<std::shared_ptr<ImportJob>> ImportJobs::apply(const std::string& id, const ImportOrder& order) {
    PROVOST_TRY(auto job, find(id));
    const std::lock_guard lock(mutex_);
    if (const std::lock_guard plan_lock(job->plan_mutex);
        job->state == JobState::checked && !job->facts.open.empty())
        return fail(job->facts.open.front());
    auto expected = JobState::checked;
    if (!jobs_.contains(id) || !job->state.compare_exchange_strong(expected, JobState::applying))
        return fail({"P-8007", "import '" + job->id + "' can't be applied now", "import",
                     "it is " + std::string(to_text(expected))});
    {
        const std::lock_guard plan_lock(job->plan_mutex);
        job->order = order;
        if (order.actor.empty()) job->order.actor = job->actor;
    }
    job->rows_done = 0;
    job->began = to_millis(house_.clock.now());
    job->worker = std::jthread([this, raw = job.get()] { run(*raw, [&] { write(*raw); }); });
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
