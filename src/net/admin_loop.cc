#include "net/admin_loop.h"

#include "net/admin_session.h"
#include "net/listening_socket.h"
#include "net/loop_pace.h"

#include <cstring>

#include <unistd.h>

namespace provost {

namespace {

Timestamp wall_clock() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

// 0 stands for an empty place in the table.
std::uint64_t key_of(const PeerAddress& peer) {
    std::uint64_t upper = 0, lower = 0;
    std::memcpy(&upper, peer.network.data(), sizeof upper);
    std::memcpy(&lower, peer.network.data() + sizeof upper, sizeof lower);
    return (upper ^ lower * 0x9E3779B97F4A7C15ULL) | 1U;
}

}  // namespace

AdminLoop::AdminLoop(AdminCore& core, int listener)
    : core_(core), listener_(context_, listener), timer_(context_) {}

void AdminLoop::start() {
    await_connections();
    await_sweep();
    thread_ = std::thread([this] { context_.run(); });
}

void AdminLoop::stop() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    boost::system::error_code ignored;
    listener_.close(ignored);
    timer_.cancel();
    while (!sessions_.empty()) sessions_.front()->end();
    context_.restart();
    context_.poll();  // what still waited lets go of its session
}

void AdminLoop::forget(Sessions::iterator session) {
    core_.budget.give_back((*session)->peer());
    sessions_.erase(session);
}

void AdminLoop::await_connections() {
    listener_.async_wait(Socket::wait_read, [this](const boost::system::error_code& error) {
        if (error) return;
        for (int taken = 0; taken < accepts_per_turn; ++taken)
            if (!accept_one()) break;
        if (!accept_paused_) await_connections();
    });
}

// Asked before any TLS work.
bool AdminLoop::may_connect(const PeerAddress& peer) {
    const auto now = wall_clock();
    return core_.address_handshakes.take(key_of(peer), now) && core_.all_handshakes.take(now) &&
           core_.budget.take(peer);
}

// False once there is none to take for now.
bool AdminLoop::accept_one() {
    const auto taken = provost::accept_one(listener_.native_handle());
    if (taken.fd < 0) {
        accept_paused_ = taken.pause;
        return taken.again;
    }
    core_.accepted.add();
    PeerAddress peer(taken.peer);
    if (!may_connect(peer)) {
        core_.shed.add();
        ::close(taken.fd);
        return true;
    }
    const auto tls = core_.tls.load();
    sessions_.push_front(std::make_shared<AdminSession>(*this, taken.fd, std::move(peer), tls.get()));
    sessions_.front()->start(sessions_.begin());
    return true;
}

void AdminLoop::await_sweep() {
    timer_.expires_after(sweep_period);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) sweep();
    });
}

void AdminLoop::sweep() {
    now_ = std::chrono::steady_clock::now();
    for (auto next = sessions_.begin(); next != sessions_.end();) {
        const auto session = *next++;
        session->sweep();
    }
    if (accept_paused_) {
        accept_paused_ = false;
        await_connections();
    }
    await_sweep();
}

}  // namespace provost
