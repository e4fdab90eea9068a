#include "service/courier.h"

#include "service/log.h"

#include <algorithm>

namespace provost {

namespace {

constexpr Duration first_pause = std::chrono::seconds(5), longest_pause = std::chrono::minutes(15);
constexpr std::string_view head_name = "audit-head";

}  // namespace

Duration pause_after(int failures) {
    if (failures <= 0) return {};
    return std::min(longest_pause, first_pause * (1 << std::min(failures - 1, 10)));
}

Courier::Courier(AlertTarget target) : target_(std::move(target)) {
    thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

Courier::~Courier() {
    thread_.request_stop();
    if (thread_.joinable()) thread_.join();
}

void Courier::post(AlertMessage message) {
    const std::lock_guard lock(mutex_);
    const auto known = [&](const AlertMessage& one) { return one.id == message.id; };
    if (std::any_of(queue_.begin(), queue_.end(), known)) return;
    // The first may be under way.
    if (message.name == head_name && queue_.size() > 1)
        queue_.erase(std::remove_if(queue_.begin() + 1, queue_.end(),
                                    [](const AlertMessage& one) { return one.name == head_name; }),
                     queue_.end());
    if (queue_.size() >= most_waiting) {
        queue_.erase(queue_.begin() + 1);
        ++dropped_;
    }
    queue_.push_back(std::move(message));
    wake_.notify_all();
}

std::vector<AlertMessage> Courier::waiting() const {
    const std::lock_guard lock(mutex_);
    return {queue_.begin(), queue_.end()};
}

CourierState Courier::state() const {
    const std::lock_guard lock(mutex_);
    return {target_.name, sent_, failed_, dropped_, queue_.size(), trouble_};
}

bool Courier::send_first() {
    AlertMessage message;
    {
        const std::lock_guard lock(mutex_);
        if (queue_.empty()) return false;
        message = queue_.front();
        idle_ = false;
    }
    const auto done = target_.send(message);
    bool first_failure = false;
    {
        const std::lock_guard lock(mutex_);
        idle_ = true;
        if (done) {
            queue_.pop_front();
            ++sent_;
            failures_ = 0;
            trouble_.clear();
        } else {
            ++failed_;
            first_failure = failures_++ == 0;
            trouble_ = done.error().text();
        }
        wake_.notify_all();
    }
    if (first_failure) {
        auto fields = fields_of(done.error());
        fields.emplace_back("target", target_.name);
        log_event(LogLevel::error, "alert.failed", done.error().what, fields);
    }
    return done.has_value();
}

void Courier::work(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        if (send_first()) continue;
        std::unique_lock lock(mutex_);
        if (finishing_) return;
        const auto pause = failures_ == 0 ? Duration(std::chrono::hours(1)) : pause_after(failures_);
        const auto waits = queue_.size();
        wake_.wait_for(lock, stop, pause,
                       [&] { return finishing_ || (failures_ == 0 && queue_.size() != waits); });
    }
}

void Courier::finish(Duration patience) {
    std::unique_lock lock(mutex_);
    finishing_ = true;
    wake_.notify_all();
    const auto failed = failed_;
    wake_.wait_for(lock, patience, [&] { return idle_ && (queue_.empty() || failed_ != failed); });
}

}  // namespace provost
