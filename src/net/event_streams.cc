#include "net/event_streams.h"

#include "service/log.h"

#include <exception>

namespace provost {

namespace {

constexpr auto heartbeat = ":\n\n";

}  // namespace

void EventStreams::start() {
    thread_ = std::thread([this] { run(); });
}

std::shared_ptr<const void> EventStreams::add(Follow follow, Give give) {
    std::shared_ptr<const void> watcher = std::make_shared<bool>();
    const auto now = std::chrono::steady_clock::now();
    {
        const std::lock_guard lock(mutex_);
        if (stopping_ || open_ >= most_) return nullptr;
        ++open_;
        fresh_.push_back({std::move(follow), std::move(give), watcher, now, now});
    }
    wake_.notify_one();
    return watcher;
}

std::size_t EventStreams::open() const {
    const std::lock_guard lock(mutex_);
    return open_;
}

void EventStreams::run() {
    Streams streams;
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        streams.splice(streams.end(), fresh_);
        lock.unlock();
        std::size_t ended = 0;
        const auto now = std::chrono::steady_clock::now();
        for (auto next = streams.begin(); next != streams.end();) {
            const auto one = next++;
            if (serve(*one, now)) continue;
            streams.erase(one);
            ++ended;
        }
        lock.lock();
        open_ -= ended;
        if (streams.empty())
            wake_.wait(lock, [this] { return stopping_ || !fresh_.empty(); });
        else
            wake_.wait_for(lock, pace_.ask, [this] { return stopping_; });
    }
}

// Who throws is not to take the other watchers along.
std::optional<std::string> EventStreams::next_of(const Stream& stream) {
    try {
        return stream.follow();
    } catch (const std::exception& error) {
        log_event(LogLevel::error, "admin.threw", "a stream of events went wrong inside",
                  {{"why", error.what()}});
        return std::nullopt;
    }
}

bool EventStreams::serve(Stream& stream, SteadyTime now) {
    if (stream.watcher.expired()) return false;
    auto text = now - stream.began < pace_.longest ? next_of(stream) : std::nullopt;
    if (!text) {
        stream.give(std::nullopt);
        return false;
    }
    if (text->empty() && now - stream.spoke < pace_.heartbeat) return true;
    stream.spoke = now;
    stream.give(text->empty() ? heartbeat : std::move(text));
    return true;
}

void EventStreams::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    if (thread_.joinable()) thread_.join();
    fresh_.clear();
}

}  // namespace provost
