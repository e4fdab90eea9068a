// Refusals wait here, so that all of a loop's leave equally long after their request came (R-C5): what it
// cost to find the reason can't be seen from outside.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <memory>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>

namespace provost {

class PhoneSession;

using SteadyTime = std::chrono::steady_clock::time_point;
using SteadyTimer = boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                                      boost::asio::wait_traits<std::chrono::steady_clock>,
                                                      boost::asio::io_context::executor_type>;

// Lives on its loop's thread.
class RefusalHold {
 public:
    explicit RefusalHold(boost::asio::io_context& context) : timer_(context) {}

    // Calls the session's release_refusal() at `due`, never before and never from within this call.
    void add(std::shared_ptr<PhoneSession> session, SteadyTime due);
    void clear();

 private:
    struct Held {
        SteadyTime due;
        std::shared_ptr<PhoneSession> session;
    };

    void await_first();
    void release_due();

    std::deque<Held> held_;  // by `due`
    SteadyTimer timer_;
    bool waiting_ = false;
};

}  // namespace provost
