// One I/O thread of the phones' door: its own event loop, listening socket and sessions.
#pragma once

#include "net/door_core.h"
#include "net/refusal_hold.h"

#include <array>
#include <chrono>
#include <list>
#include <memory>
#include <span>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace provost {

class PhoneSession;

using Socket = boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;
using Sessions = std::list<std::shared_ptr<PhoneSession>>;

class PhoneLoop {
 public:
    PhoneLoop(DoorCore& core, int listener);  // takes the socket over
    ~PhoneLoop();
    PhoneLoop(const PhoneLoop&) = delete;
    PhoneLoop& operator=(const PhoneLoop&) = delete;

    void start();
    // Accepts no more and cuts what still runs after `grace`. join() returns when every session has ended and
    // every answer asked for has come.
    void wind_down(Duration grace);
    void join();

    // For the sessions.
    [[nodiscard]] DoorCore& core() { return core_; }
    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] SteadyTime now() const { return now_; }         // as of the last sweep
    [[nodiscard]] std::span<char> scratch() { return scratch_; }  // for one step of one session
    [[nodiscard]] bool winding_down() const { return end_.has_value(); }
    [[nodiscard]] bool on_own_thread() { return context_.get_executor().running_in_this_thread(); }
    [[nodiscard]] RefusalHold& refusals() { return refusals_; }
    void forget(Sessions::iterator session);

 private:
    void await_connections();
    void accept_some();
    bool accept_one();
    void await_sweep();
    void sweep();
    void close_listener();
    void stop_waiting();  // all sessions have ended, and so does the loop

    DoorCore& core_;
    boost::asio::io_context context_{1};
    Socket listener_;
    SteadyTimer timer_;
    RefusalHold refusals_;
    Sessions sessions_;
    SteadyTime now_ = std::chrono::steady_clock::now();
    std::optional<SteadyTime> end_;  // set by wind_down
    bool accept_paused_ = false;
    std::array<char, 16 * 1024> scratch_;
    std::thread thread_;
};

}  // namespace provost
