// Brings messages to one target outside: in order, again and again with growing pauses until they are there.
// It has a thread of its own, so that nothing else waits for a target that does not answer.
#pragma once

#include "base/result.h"
#include "service/alert.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace provost {

struct AlertTarget {
    std::string name;                                 // for people: "webhook hooks.example"
    std::function<Status(const AlertMessage&)> send;  // has a deadline of its own
    bool alerts = false, heads = false;               // what it is for
};

struct CourierState {
    std::string name;
    std::uint64_t sent = 0, failed = 0, dropped = 0;
    std::size_t waiting = 0;
    std::string trouble;  // of the last try; empty: it went well, or there was none
};

// 5 s, 10 s, 20 s ... up to a quarter of an hour.
Duration pause_after(int failures);

class Courier {
 public:
    static constexpr std::size_t most_waiting = 200;  // the oldest is dropped then

    explicit Courier(AlertTarget target);
    ~Courier();

    [[nodiscard]] const AlertTarget& target() const { return target_; }
    // Any thread. A head takes the place of one that still waits: the newest says all that older ones said.
    void post(AlertMessage message);
    [[nodiscard]] std::vector<AlertMessage> waiting() const;
    [[nodiscard]] CourierState state() const;
    // Sends what waits, without further pauses, for so long at most; then it is over.
    void finish(Duration patience);

 private:
    void work(const std::stop_token& stop);
    bool send_first();  // false: there is none, or it did not go

    const AlertTarget target_;
    mutable std::mutex mutex_;
    std::condition_variable_any wake_;
    std::deque<AlertMessage> queue_;
    std::uint64_t sent_ = 0, failed_ = 0, dropped_ = 0;
    int failures_ = 0;  // one after the other
    std::string trouble_;
    bool finishing_ = false, idle_ = true;
    std::jthread thread_;
};

}  // namespace provost
