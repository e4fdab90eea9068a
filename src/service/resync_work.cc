// The threads of staged resyncs: one hands out what is due, the others wait for phones' answers.
#include "service/log.h"
#include "service/resync_keeper.h"
#include "service/tenants.h"

namespace provost {

namespace {

constexpr Duration longest_wait = std::chrono::milliseconds(200);

}  // namespace

// With the mutex held, or before there are others.
void ResyncKeeper::start_threads() {
    if (!threads_.empty()) return;
    threads_.emplace_back([this](const std::stop_token& stop) { dispatch(stop); });
    for (std::size_t i = 0; i < pace_.workers; ++i)
        threads_.emplace_back([this](const std::stop_token& stop) { work(stop); });
}

void ResyncKeeper::dispatch(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        std::unique_lock lock(mutex_);
        const auto pause = hand_out(house_.clock.now());
        wake_.wait_for(lock, stop, pause, [] { return false; });
    }
}

Duration ResyncKeeper::hand_out(Timestamp now) {
    Duration pause = longest_wait;
    for (auto& [id, running] : running_) {
        while (!running.plan.empty() && tasks_.size() < pace_.workers) {
            const auto& next = running.plan.back();
            if (next.at > now) {
                pause = std::min(pause, next.at - now);
                break;
            }
            tasks_.push_back({id, next.phone});
            running.plan.pop_back();
            work_.notify_one();
        }
    }
    return pause;
}

void ResyncKeeper::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        Task task;
        {
            std::unique_lock lock(mutex_);
            if (!work_.wait(lock, stop, [&] { return !tasks_.empty(); })) return;
            task = tasks_.front();
            tasks_.pop_front();
        }
        carry_out(task);
    }
}

void ResyncKeeper::carry_out(const Task& task) {
    MacAddress mac;
    bool reboot = false;
    std::string actor;
    {
        const std::lock_guard guard(mutex_);
        const auto found = jobs_.find(task.job);
        if (found == jobs_.end()) return;  // it was cancelled, and forgotten since
        const auto& job = found->second;
        mac = job.phones[task.phone];
        reboot = job.reboot;
        actor = job.actor;
    }
    auto report = resync_.tell(mac, reboot);
    if (!report) {
        ResyncReport failed;
        failed.mac = mac;
        failed.words = report.error().text();
        report = failed;
    }
    const auto device = house_.store.device(mac);
    std::optional<Event> event;  // of one that was removed meanwhile there is nothing to tell
    if (device && *device) event = resync_event(*report, **device, actor, house_.clock.now());
    finish(task, is_done(report->outcome), event);
}

void ResyncKeeper::finish(const Task& task, bool done, const std::optional<Event>& event) {
    const std::lock_guard order(writing_);
    ResyncJob job;
    bool over = false;
    {
        const std::lock_guard guard(mutex_);
        const auto found = jobs_.find(task.job);
        if (found == jobs_.end()) return;
        auto& own = found->second;
        own.told[task.phone] = true;
        if (done) ++own.done;
        over = own.state == ResyncJob::State::running && own.count_told() == own.phones.size();
        if (over) {
            own.state = ResyncJob::State::done;
            own.ended = house_.clock.now();
            running_.erase(task.job);
        }
        job = own;
    }
    auto written = write(job, event ? &*event : nullptr, false);
    if (written && over) {
        auto end = change_event("resync.ended", job.actor, job.ended);
        end.tenant = job.tenant;
        end.detail = "resync " + std::to_string(job.id) + ": " + std::to_string(job.done) + " of " +
                     std::to_string(job.phones.size()) + " phones took it";
        written = write(job, &end, false);
    }
    if (!written)
        log_event(LogLevel::error, "resync.failed", written.error().what, fields_of(written.error()));
}

}  // namespace provost
