// The event loop of a plain door, and its connections. One thread for all of it.
#pragma once

#include "net/address_budget.h"
#include "net/plain_door.h"
#include "net/request_parser.h"

#include <array>
#include <chrono>
#include <list>
#include <memory>
#include <thread>

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>

namespace provost {

class PlainSession;

class PlainLoop {
 public:
    using SteadyTime = std::chrono::steady_clock::time_point;
    using Socket = boost::asio::posix::basic_stream_descriptor<boost::asio::io_context::executor_type>;
    using Sessions = std::list<std::shared_ptr<PlainSession>>;

    PlainLoop(const PlainDoorSettings& settings, PlainHandler handler,
              int listener);  // takes the socket over
    ~PlainLoop();
    PlainLoop(const PlainLoop&) = delete;
    PlainLoop& operator=(const PlainLoop&) = delete;

    void start();
    [[nodiscard]] DoorCounters counters() const;

    // For the sessions.
    [[nodiscard]] boost::asio::io_context& context() { return context_; }
    [[nodiscard]] const DoorLimits& limits() const { return settings_.limits; }
    [[nodiscard]] std::array<char, 16 * 1024>& scratch() { return scratch_; }
    PlainReply ask(const PlainRequest& request);
    void forget(Sessions::iterator session);

 private:
    void await_connections();
    bool accept_one();
    void await_sweep();
    void sweep();

    const PlainDoorSettings settings_;
    const PlainHandler handler_;
    boost::asio::io_context context_{1};
    Socket listener_;
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>,
                                      boost::asio::io_context::executor_type>
        timer_;
    AddressBudget budget_;
    Counter accepted_, requests_, shed_;
    Sessions sessions_;
    bool accept_paused_ = false;
    std::array<char, 16 * 1024> scratch_{};
    std::thread thread_;
};

// One connection: it asks, it is answered, it ends.
class PlainSession : public std::enable_shared_from_this<PlainSession> {
 public:
    PlainSession(PlainLoop& loop, int socket, PeerAddress peer);

    void start(PlainLoop::Sessions::iterator self);
    void sweep(PlainLoop::SteadyTime now);  // a deadline may have passed
    void end();
    [[nodiscard]] const PeerAddress& peer() const { return peer_; }

 private:
    enum class Stage : std::uint8_t { reading, writing, closing, gone };

    void wait(bool readable);
    void turn();
    void read();
    void write();
    void discard();
    void leave();
    PlainReply tell(PlainRequest::Kind kind);
    void answer(PlainRequest::Kind kind);
    void close();
    void enter(Stage stage, int seconds);

    PlainLoop& loop_;
    PlainLoop::Socket socket_;
    PeerAddress peer_;
    PlainLoop::Sessions::iterator self_;
    RequestParser parser_;
    std::string input_;  // read, but not yet taken by the parser
    std::string output_;
    std::size_t written_ = 0, discarded_ = 0;
    PlainLoop::SteadyTime deadline_;
    Stage stage_ = Stage::reading;
};

}  // namespace provost
