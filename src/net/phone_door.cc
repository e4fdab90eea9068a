#include "net/phone_door.h"

#include "net/phone_loop.h"

#include <cerrno>
#include <cstring>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr int backlog = 4096;

struct Endpoint {
    sockaddr_storage address{};
    socklen_t length = 0;

    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

Error address_error(const DoorSettings& settings, std::string why, std::string fix) {
    return {"P-7003", "can't listen", settings.address + ":" + std::to_string(settings.port), std::move(why),
            std::move(fix)};
}

Result<Endpoint> resolve(const DoorSettings& settings) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto port = std::to_string(settings.port);
    if (const int code = getaddrinfo(settings.address.c_str(), port.c_str(), &hints, &found); code != 0)
        return fail(address_error(settings, gai_strerror(code), "Give an IP address, such as 0.0.0.0 or ::"));
    Endpoint endpoint;
    std::memcpy(&endpoint.address, found->ai_addr, found->ai_addrlen);
    endpoint.length = found->ai_addrlen;
    freeaddrinfo(found);
    return endpoint;
}

// A descriptor that closes itself until somebody takes it over.
class OwnedSocket {
 public:
    explicit OwnedSocket(int fd) : fd_(fd) {}
    OwnedSocket(OwnedSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    OwnedSocket& operator=(OwnedSocket&&) = delete;
    ~OwnedSocket() {
        if (fd_ >= 0) ::close(fd_);
    }
    [[nodiscard]] int get() const { return fd_; }
    int release() { return std::exchange(fd_, -1); }

 private:
    int fd_;
};

Result<OwnedSocket> bound_socket(const DoorSettings& settings, Endpoint& endpoint, bool shared) {
    OwnedSocket fd(::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // accepted sockets inherit it
    if (shared) ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (fd.get() < 0 || ::bind(fd.get(), endpoint.get(), endpoint.length) != 0)
        return fail(
            address_error(settings, std::strerror(errno), "Stop what listens there or choose another port"));
    endpoint.length = sizeof endpoint.address;
    ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&endpoint.address), &endpoint.length);
    return fd;
}

// One listening socket per loop on one address. A first bind that does not share finds out whether another
// server is there; the shared ones would silently take half of its connections.
Result<std::vector<OwnedSocket>> listen_on(const DoorSettings& settings, Endpoint& endpoint) {
    PROVOST_CHECK(bound_socket(settings, endpoint, false));
    std::vector<OwnedSocket> sockets;
    for (int i = 0; i < settings.threads; ++i) {
        PROVOST_TRY(auto fd, bound_socket(settings, endpoint, true));
        if (::listen(fd.get(), backlog) != 0)
            return fail(address_error(settings, std::strerror(errno), "Choose another port"));
        sockets.push_back(std::move(fd));
    }
    return sockets;
}

std::uint16_t port_of(const Endpoint& endpoint) {
    const auto* bytes =
        reinterpret_cast<const unsigned char*>(&endpoint.address) + offsetof(sockaddr_in, sin_port);
    return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);  // at the same place for IPv6
}

class LoopDoor final : public PhoneDoor {
 public:
    LoopDoor(const DoorSettings& settings, JudgeCertificate& judge, DeliverConfiguration& deliver, Gate* gate)
        : core_(settings, judge, deliver, gate) {}
    ~LoopDoor() override { stop(Duration(0)); }

    Status open() {
        PROVOST_CHECK(reload());
        PROVOST_TRY(Endpoint endpoint, resolve(core_.settings));
        PROVOST_TRY(auto sockets, listen_on(core_.settings, endpoint));
        port_ = port_of(endpoint);
        for (auto& fd : sockets) loops_.push_back(std::make_unique<PhoneLoop>(core_, fd.release()));
        for (const auto& loop : loops_) loop->start();
        return {};
    }

    [[nodiscard]] std::uint16_t port() const override { return port_; }

    Result<std::function<void()>> prepare_reload() override {
        const auto profile = core_.settings.traits.old_tls ? TlsProfile::old : TlsProfile::modern;
        PROVOST_TRY(auto context, make_tls_context(core_.settings.identities, core_.library.get(), profile));
        return std::function<void()>(
            [this, context = std::move(context)]() mutable { core_.tls.store(std::move(context)); });
    }

    [[nodiscard]] DoorCounters counters() const override {
        return {core_.accepted,           core_.budget.open(), core_.handshakes,
                core_.handshake_failures, core_.requests,      core_.shed};
    }

    void stop(Duration grace) override {
        for (const auto& loop : loops_) loop->wind_down(grace);
        for (const auto& loop : loops_) loop->join();
    }

 private:
    DoorCore core_;
    std::vector<std::unique_ptr<PhoneLoop>> loops_;
    std::uint16_t port_ = 0;
};

}  // namespace

Result<std::unique_ptr<PhoneDoor>> open_phone_door(const DoorSettings& settings, JudgeCertificate& judge,
                                                   DeliverConfiguration& deliver, Gate* gate) {
    auto door = std::make_unique<LoopDoor>(settings, judge, deliver, gate);
    PROVOST_CHECK(door->open());
    return door;
}

}  // namespace provost
