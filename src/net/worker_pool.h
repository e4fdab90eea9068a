// A few threads for work that may wait: for the store, for a password's hash. Apart from the threads of
// doors, and less urgent to the system than they.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace provost {

class WorkerPool {
 public:
    // What takes long may have half of the threads and half of the room to wait, so that the rest is quick.
    enum class Pace : std::uint8_t { quick, slow };

    WorkerPool(std::size_t threads, std::size_t waiting) : most_(threads), room_(waiting) {}
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    void start();
    // False: no room; `job` was not taken. It must not throw.
    bool submit(std::function<void()> job, Pace pace);
    // What runs ends; what waits is dropped.
    void stop();
    [[nodiscard]] std::size_t waiting() const;

 private:
    using Jobs = std::deque<std::function<void()>>;
    void work();
    [[nodiscard]] bool may_begin_slow() const { return !slow_.empty() && slow_running_ < half(most_); }
    static std::size_t half(std::size_t count) { return count < 2 ? 1 : count / 2; }

    const std::size_t most_, room_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    Jobs quick_, slow_;
    std::size_t slow_running_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace provost
