#include "net/phone_loop.h"

#include "net/listening_socket.h"
#include "net/loop_pace.h"
#include "net/phone_session.h"

#include <boost/asio/post.hpp>
#include <sys/socket.h>

namespace provost {

PhoneLoop::PhoneLoop(DoorCore& core, int listener)
    : core_(core), listener_(context_, listener), timer_(context_), refusals_(context_) {}

PhoneLoop::~PhoneLoop() {
    wind_down(Duration(0));
    join();
}

void PhoneLoop::start() {
    await_connections();
    await_sweep();
    thread_ = std::thread([this] { context_.run(); });
}

void PhoneLoop::join() {
    if (thread_.joinable()) thread_.join();
}

void PhoneLoop::wind_down(Duration grace) {
    if (!thread_.joinable()) return;
    boost::asio::post(context_, [this, grace] {
        close_listener();
        end_ = std::chrono::steady_clock::now() + grace;
        for (auto next = sessions_.begin(); next != sessions_.end();) (*next++)->wind_down();
        sweep();
    });
}

void PhoneLoop::close_listener() {
    boost::system::error_code ignored;
    listener_.close(ignored);
}

void PhoneLoop::forget(Sessions::iterator session) {
    core_.budget.give_back((*session)->peer());
    sessions_.erase(session);
    if (end_ && sessions_.empty()) stop_waiting();
}

void PhoneLoop::stop_waiting() {
    timer_.cancel();
    refusals_.clear();
}

void PhoneLoop::await_connections() {
    listener_.async_wait(Socket::wait_read, [this](const boost::system::error_code& error) {
        if (!error) accept_some();
    });
}

void PhoneLoop::accept_some() {
    for (int taken = 0; taken < accepts_per_turn; ++taken)
        if (!accept_one()) break;
    if (!accept_paused_) await_connections();
}

// False once there is none to take for now.
bool PhoneLoop::accept_one() {
    const auto taken = provost::accept_one(listener_.native_handle());
    if (taken.fd < 0) {
        accept_paused_ = taken.pause;
        return taken.again;
    }
    ++core_.accepted;
    PeerAddress peer(taken.peer);
    Checkpoint checkpoint(core_.gate, peer.address);
    if (!checkpoint.connects() || !core_.budget.take(peer, checkpoint.is_known())) {
        ++core_.shed;
        ::close(taken.fd);
        return true;
    }
    const auto tls = core_.tls.load();
    sessions_.push_front(
        std::make_shared<PhoneSession>(*this, taken.fd, Caller{std::move(peer), checkpoint}, tls.get()));
    sessions_.front()->start(sessions_.begin());
    return true;
}

void PhoneLoop::await_sweep() {
    timer_.expires_after(sweep_period);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        sweep();
    });
}

void PhoneLoop::sweep() {
    now_ = std::chrono::steady_clock::now();
    const bool cut = end_ && now_ >= *end_;
    for (auto next = sessions_.begin(); next != sessions_.end();) {
        const auto session = *next++;
        if (cut)
            session->cut();
        else
            session->sweep();
    }
    if (accept_paused_ && !end_) {
        accept_paused_ = false;
        await_connections();
    }
    if (end_ && sessions_.empty())
        stop_waiting();
    else
        await_sweep();
}

}  // namespace provost
