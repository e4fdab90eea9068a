#include "net/plain_loop.h"

#include <cerrno>

#include <sys/socket.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr std::chrono::milliseconds sweep_period{250};
constexpr int accepts_per_turn = 16;

}  // namespace

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
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    const int fd = ::accept4(listener_.native_handle(), reinterpret_cast<sockaddr*>(&address), &length,
                             SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        const bool passing = errno == ECONNABORTED || errno == EINTR;
        // Out of descriptors or memory: trying at once would spin, so the sweep does.
        accept_paused_ = !passing && errno != EAGAIN && errno != EWOULDBLOCK;
        return passing;
    }
    accepted_.add();
    PeerAddress peer(address);
    if (!budget_.take(peer)) {
        shed_.add();
        ::close(fd);
        return true;
    }
    sessions_.push_front(std::make_shared<PlainSession>(*this, fd, std::move(peer)));
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
