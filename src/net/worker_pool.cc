#include "net/worker_pool.h"

#include "service/log.h"

#include <latch>

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr int less_urgent = 5;  // of nice(1); Linux keeps it for each thread

void step_back() {
    const auto thread = static_cast<id_t>(::syscall(SYS_gettid));
    (void)::setpriority(PRIO_PROCESS, thread, less_urgent);
}

// Who throws is not to take the server along.
void run(const std::function<void()>& job) {
    try {
        job();
    } catch (const std::exception& error) {
        log_event(LogLevel::error, "admin.threw", "work at the admin listener went wrong inside",
                  {{"why", error.what()}});
    }
}

}  // namespace

// Comes back once all have stepped back: the sandbox, which may close right after, has no call for that.
void WorkerPool::start() {
    std::latch ready(static_cast<std::ptrdiff_t>(most_));
    for (std::size_t i = 0; i < most_; ++i)
        threads_.emplace_back([this, &ready] {
            step_back();
            ready.count_down();
            work();
        });
    ready.wait();
}

bool WorkerPool::submit(std::function<void()> job, Pace pace) {
    {
        const std::lock_guard lock(mutex_);
        auto& jobs = pace == Pace::slow ? slow_ : quick_;
        if (stopping_ || jobs.size() >= (pace == Pace::slow ? half(room_) : room_)) return false;
        jobs.push_back(std::move(job));
    }
    wake_.notify_one();
    return true;
}

std::size_t WorkerPool::waiting() const {
    const std::lock_guard lock(mutex_);
    return quick_.size() + slow_.size();
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !quick_.empty() || may_begin_slow(); });
        if (stopping_) return;
        const bool slow = quick_.empty();
        auto& jobs = slow ? slow_ : quick_;
        auto job = std::move(jobs.front());
        jobs.pop_front();
        if (slow) ++slow_running_;
        lock.unlock();
        run(job);
        job = nullptr;  // with all it holds, before the lock
        lock.lock();
        if (slow) {
            --slow_running_;
            wake_.notify_one();  // another slow one may begin
        }
    }
}

void WorkerPool::stop() {
    Jobs quick, slow;  // end without the lock
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        quick.swap(quick_);
        slow.swap(slow_);
    }
    wake_.notify_all();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

}  // namespace provost
