// Server-sent events for all who watch, on one thread: no watcher holds a worker.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace provost {

class EventStreams {
 public:
    using Follow = std::function<std::optional<std::string>()>;
    // On the streams' thread; nullopt is the end.
    using Give = std::function<void(std::optional<std::string>)>;

    struct Pace {
        std::chrono::milliseconds ask{200};
        std::chrono::milliseconds heartbeat{15'000};  // a comment, where there was nothing else
        std::chrono::seconds longest{600};  // then it ends, and the watcher comes again with who it is then
    };

    explicit EventStreams(std::size_t most) : EventStreams(most, Pace()) {}
    EventStreams(std::size_t most, Pace pace) : most_(most), pace_(pace) {}
    ~EventStreams() { stop(); }
    EventStreams(const EventStreams&) = delete;
    EventStreams& operator=(const EventStreams&) = delete;

    void start();
    // Lives while the token that it gives back does. Null: as many watch as may.
    std::shared_ptr<const void> add(Follow follow, Give give);
    void stop();
    [[nodiscard]] std::size_t open() const;
    [[nodiscard]] bool full() const { return open() >= most_; }

 private:
    using SteadyTime = std::chrono::steady_clock::time_point;
    struct Stream {
        Follow follow;
        Give give;
        std::weak_ptr<const void> watcher;
        SteadyTime began, spoke;
    };
    using Streams = std::list<Stream>;

    void run();
    bool serve(Stream& stream, SteadyTime now);  // false: it has ended
    static std::optional<std::string> next_of(const Stream& stream);

    const std::size_t most_;
    const Pace pace_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Streams fresh_;         // not looked at yet
    std::size_t open_ = 0;  // all
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace provost
