#include "service/resync_keeper.h"

#include "crypto/random.h"
#include "domain/text.h"
#include "service/tenants.h"

#include <algorithm>
#include <array>
#include <bit>

namespace provost {

namespace {

constexpr const char *ids_note = "resync.jobs", *no_zone = "P-8306";
constexpr std::size_t jobs_kept = 20, most_running = 8, longest_why = 300;

std::string note_name(const char* part, std::int64_t id) {
    return std::string("resync.") + part + "." + std::to_string(id);
}

std::vector<std::int64_t> read_ids(std::string_view text) {
    std::vector<std::int64_t> ids;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (const auto id = whole_number(text.substr(0, end))) ids.push_back(*id);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return ids;
}

Error no_job(std::int64_t id) {
    return {"P-8310", "there is no such resync under way", "id", std::to_string(id),
            "'provost resync list' shows them."};
}

}  // namespace

ResyncKeeper::ResyncKeeper(House& house, Ways ways, ResyncPace pace)
    : house_(house),
      resync_(house, ways.sender, std::move(ways.registrars), std::move(ways.route)),
      zone_(std::move(ways.zone)),
      pace_(pace) {}

ResyncKeeper::~ResyncKeeper() {
    for (auto& thread : threads_) thread.request_stop();
    threads_.clear();
}

Status ResyncKeeper::open() {
    PROVOST_TRY(const auto ids, house_.store.note(ids_note));
    for (const auto id : read_ids(ids)) {
        PROVOST_TRY(const auto order, house_.store.note(note_name("job", id)));
        PROVOST_TRY(const auto progress, house_.store.note(note_name("progress", id)));
        auto job = parse_job(order, progress);
        if (!job) continue;
        if (job->state == ResyncJob::State::running) PROVOST_CHECK(take_up(*job));
        jobs_.emplace(id, std::move(*job));
    }
    if (!running_.empty()) start_threads();
    return {};
}

// One that can't go on, for a site's time zone is none any more, is ended: a person begins another.
Status ResyncKeeper::take_up(ResyncJob& job) {
    auto left = line_up(job);
    if (left) {
        running_.emplace(job.id, std::move(*left));
        return {};
    }
    if (left.error().code != no_zone) return fail(left.error());
    const std::lock_guard order(writing_);
    return end_early(job, "clock", left.error().text());
}

Result<ResyncReport> ResyncKeeper::tell(MacAddress mac, bool reboot, const std::string& actor) {
    PROVOST_TRY(auto report, resync_.tell(mac, reboot));
    PROVOST_TRY(const auto device, house_.store.device(mac));
    if (!device) return report;
    const auto event = resync_event(report, *device, actor, house_.clock.now());
    PROVOST_CHECK(house_.store.apply([event](Transaction& transaction) {
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    return report;
}

Result<ResyncJob> ResyncKeeper::start(const Draft& draft, const std::string& actor) {
    ResyncJob job;
    job.made = house_.clock.now();
    job.actor = actor;
    job.reboot = draft.reboot;
    job.rules = {pace_.spacing, draft.phone ? Duration(0) : pace_.jitter, std::nullopt, 0};
    if (!draft.rate.empty()) {
        PROVOST_TRY(job.rules.spacing, parse_rate(draft.rate));
    }
    if (!draft.jitter.empty()) {
        const auto jitter = parse_duration(draft.jitter);
        if (!jitter || *jitter > std::chrono::hours(24))
            return fail({"P-8307", "this is no jitter", "jitter", "", "Write such as 30s; 24h at most."});
        job.rules.jitter = *jitter;
    }
    if (!draft.window.empty()) {
        PROVOST_TRY(job.rules.window, DayWindow::parse(draft.window));
    }
    std::array<std::uint8_t, sizeof(std::uint64_t)> seed{};
    random_bytes(seed);
    job.rules.seed = std::bit_cast<std::uint64_t>(seed) & INT64_MAX;
    PROVOST_TRY(job.phones, choose(draft, job));
    job.told.resize(job.phones.size());
    PROVOST_CHECK(resync_.can_reach());

    const std::lock_guard order(writing_);
    {
        const std::lock_guard guard(mutex_);
        if (running_.size() >= most_running)
            return fail(
                {"P-8313", "too many resyncs are under way", "", "", "Wait for one to end, or cancel it."});
        job.id = jobs_.empty() ? 1 : jobs_.rbegin()->first + 1;
    }
    auto event = change_event("resync.started", actor, job.made);
    event.tenant = job.tenant;
    event.detail = "resync " + std::to_string(job.id) + ": " + job.scope;
    auto copy = job;
    PROVOST_CHECK(run(std::move(copy), &event));
    return job;
}

Status ResyncKeeper::run(ResyncJob job, const Event* event) {
    PROVOST_TRY(auto left, line_up(job));
    PROVOST_TRY([[maybe_unused]] const auto plan, left.staging.plan());
    PROVOST_CHECK(write(job, event, true));
    const std::lock_guard guard(mutex_);
    running_.emplace(job.id, std::move(left));
    jobs_.emplace(job.id, std::move(job));
    while (jobs_.size() > jobs_kept && !running_.contains(jobs_.begin()->first)) jobs_.erase(jobs_.begin());
    start_threads();
    wake_.notify_all();
    return {};
}

// With `writing_` held.
Status ResyncKeeper::write(const ResyncJob& job, const Event* event, bool whole) {
    std::string ids;
    std::vector<std::int64_t> dropped;
    if (whole) {
        const std::lock_guard guard(mutex_);
        std::size_t left = jobs_.size() + 1;
        for (const auto& [id, one] : jobs_) {
            if (left-- > jobs_kept && !running_.contains(id))
                dropped.push_back(id);
            else
                ids += std::to_string(id) + " ";
        }
        ids += std::to_string(job.id);
    }
    const auto happened = event == nullptr ? std::optional<Event>() : std::optional(*event);
    return house_.store.apply([&](Transaction& transaction) -> Status {
        if (happened) PROVOST_CHECK(transaction.insert_event(*happened));
        if (whole) {
            PROVOST_CHECK(transaction.put_note(ids_note, ids));
            PROVOST_CHECK(transaction.put_note(note_name("job", job.id), order_text(job)));
        }
        for (const auto id : dropped) {
            PROVOST_CHECK(transaction.put_note(note_name("job", id), ""));
            PROVOST_CHECK(transaction.put_note(note_name("progress", id), ""));
        }
        return transaction.put_note(note_name("progress", job.id), progress_text(job));
    });
}

// With `writing_` held.
Status ResyncKeeper::end_early(ResyncJob& job, const std::string& actor, const std::string& why) {
    job.state = ResyncJob::State::cancelled;
    job.ended = house_.clock.now();
    auto event = change_event("resync.cancelled", actor, job.ended);
    event.tenant = job.tenant;
    event.detail = "resync " + std::to_string(job.id) + ", after " + std::to_string(job.count_told()) +
                   " of " + std::to_string(job.phones.size()) + " phones" +
                   (why.empty() ? "" : ": " + printable(why, longest_why));
    return write(job, &event, false);
}

Result<ResyncJob> ResyncKeeper::cancel(std::int64_t id, const std::string& actor) {
    const std::lock_guard order(writing_);
    ResyncJob job;
    {
        const std::lock_guard guard(mutex_);
        if (!running_.contains(id)) return fail(no_job(id));
        job = jobs_.at(id);
    }
    PROVOST_CHECK(end_early(job, actor, ""));
    const std::lock_guard guard(mutex_);
    running_.erase(id);
    std::erase_if(tasks_, [&](const Task& task) { return task.job == id; });
    jobs_[id] = job;
    return job;
}

Result<ResyncJob> ResyncKeeper::job(std::int64_t id) const {
    const std::lock_guard guard(mutex_);
    const auto found = jobs_.find(id);
    if (found == jobs_.end()) return fail(no_job(id));
    return found->second;
}

std::vector<ResyncJob> ResyncKeeper::jobs() const {
    const std::lock_guard guard(mutex_);
    std::vector<ResyncJob> all;
    for (auto one = jobs_.rbegin(); one != jobs_.rend(); ++one) all.push_back(one->second);
    return all;
}

}  // namespace provost
