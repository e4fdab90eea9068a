// The event loop of the admin door: its listening socket and sessions, on one thread. It never waits for the
// store: workers do.
#pragma once

#include "net/admin_core.h"

#include <array>
#include <chrono>
#include <list>
#include <memory>
#include <span>
#include <thread>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace provost {

class AdminSession;

class AdminLoop {
 public:
    using SteadyTime = std::chrono::steady_clock::time_point;
    using Socket = boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;
    using Sessions = std::list<std::shared_ptr<AdminSession>>;

    AdminLoop(AdminCore& core, int listener);  // takes the socket over
    ~AdminLoop() { stop(); }
    AdminLoop(const AdminLoop&) = delete;
    AdminLoop& operator=(const AdminLoop&) = delete;

    void start();
    void stop();  // no worker may have a session any more

    // For the sessions.
    [[nodiscard]] AdminCore& core() { return core_; }
    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] SteadyTime now() const { return now_; }         // as of the last sweep
    [[nodiscard]] std::span<char> scratch() { return scratch_; }  // for one step of one session
    void forget(Sessions::iterator session);

 private:
    void await_connections();
    bool accept_one();
    void await_sweep();
    void sweep();
    bool may_connect(const PeerAddress& peer);

    AdminCore& core_;
    boost::asio::io_context context_{1};
    Socket listener_;
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>,
                                      boost::asio::io_context::executor_type>
        timer_;
    Sessions sessions_;
    SteadyTime now_ = std::chrono::steady_clock::now();
    bool accept_paused_ = false;
    std::array<char, 16 * 1024> scratch_{};
    std::thread thread_;
};

}  // namespace provost
