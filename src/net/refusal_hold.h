// Refusals wait here, so that when one leaves tells nothing of what it cost to find its reason (R-C5).
#pragma once

#include <chrono>
#include <deque>
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
};

}  // namespace provost
