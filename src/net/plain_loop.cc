#include "net/plain_loop.h"

#include "net/listening_socket.h"
#include "net/loop_pace.h"

#include <sys/socket.h>
#include <unistd.h>

namespace provost {

PlainLoop::PlainLoop(const PlainDoorSettings& settings, PlainHandler handler, int listener)
    : settings_(settings),
      handler_(std::move(handler)),
      listener_(context_, listener),
      timer_(context_),
      budget_(settings.limits.connections, settings.limits.connections_per_address) {}

PlainLoop::~PlainLoop() {
    context_.stop();
    if (thread_.joinable()) thread_.join();
    boost::system::error_code ignored;
    listener_.close(ignored);
    timer_.cancel();
    while (!sessions_.empty()) sessions_.front()->end();
    context_.restart();
    context_.poll();  // what still waited lets go of its session
}

void PlainLoop::start() {
    await_connections();
    await_sweep();
    thread_ = std::thread([this] { context_.run(); });
}

DoorCounters PlainLoop::counters() const {
    DoorCounters all;
    all.accepted = accepted_.value();
    all.open = budget_.open();
    all.requests = requests_.value();
    all.shed = shed_.value();
    return all;
}

PlainReply PlainLoop::ask(const PlainRequest& request) {
    requests_.add();
    return handler_(request);
}

void PlainLoop::forget(Sessions::iterator session) {
    budget_.give_back((*session)->peer());
    sessions_.erase(session);
}

void PlainLoop::await_connections() {
    listener_.async_wait(Socket::wait_read, [this](const boost::system::error_code& error) {
        if (error) return;
        for (int taken = 0; taken < accepts_per_turn; ++taken)
            if (!accept_one()) break;
        if (!accept_paused_) await_connections();
    });
}

// False once there is none to take for now.
bool PlainLoop::accept_one() {
    const auto taken = provost::accept_one(listener_.native_handle());
    if (taken.fd < 0) {
        accept_paused_ = taken.pause;
        return taken.again;
    }
    accepted_.add();
    PeerAddress peer(taken.peer);
    if (!budget_.take(peer)) {
        shed_.add();
        ::close(taken.fd);
        return true;
    }
    sessions_.push_front(std::make_shared<PlainSession>(*this, taken.fd, std::move(peer)));
    sessions_.front()->start(sessions_.begin());
    return true;
}

void PlainLoop::await_sweep() {
    timer_.expires_after(sweep_period);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) sweep();
    });
}

void PlainLoop::sweep() {
    const auto now = std::chrono::steady_clock::now();
    for (auto next = sessions_.begin(); next != sessions_.end();) {
        const auto session = *next++;
        session->sweep(now);
    }
    if (accept_paused_) {
        accept_paused_ = false;
        await_connections();
    }
    await_sweep();
}

}  // namespace provost
