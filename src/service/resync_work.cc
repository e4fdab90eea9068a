// The threads of staged resyncs: one hands out what is due, the others wait for phones' answers.
#include "service/log.h"
#include "service/resync_keeper.h"
#include "service/tenants.h"

#include <algorithm>

namespace provost {

namespace {

constexpr Duration longest_wait = std::chrono::milliseconds(200);

constexpr auto is_due_before = [](const auto& one, const auto& other) {
    return one.second.staging.due() < other.second.staging.due();
};

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

// To a worker that is free: the moment of a task is the moment it is told. The job that is most behind goes
// first.
Duration ResyncKeeper::hand_out(Timestamp now) {
    while (!running_.empty() && tasks_.size() + busy_ < pace_.workers) {
        auto& [id, next] = *std::min_element(running_.begin(), running_.end(), is_due_before);
        const auto due = next.staging.due();
        if (due > now) return std::min(longest_wait, due - now);
        if (const auto phone = next.staging.take(now)) {
            tasks_.push_back({id, next.phones[*phone]});
            work_.notify_one();
        }
    }
    return longest_wait;
}

void ResyncKeeper::work(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (work_.wait(lock, stop, [&] { return !tasks_.empty(); }) && !stop.stop_requested()) {
        const auto task = tasks_.front();
        tasks_.pop_front();
        ++busy_;
        lock.unlock();
        carry_out(task);
        lock.lock();
        --busy_;
        wake_.notify_all();
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
