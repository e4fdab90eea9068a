#include "net/listening_socket.h"

#include <cerrno>
#include <cstddef>
#include <cstring>

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr int door_backlog = 4096;

struct Endpoint {
    std::string text;  // for people
    sockaddr_storage address{};
    socklen_t length = 0;

    [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

Error address_error(const std::string& where, std::string why, std::string fix) {
    return {"P-7003", "can't listen", where, std::move(why), std::move(fix)};
}

Result<Endpoint> resolve(const std::string& address, std::uint16_t number) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    const auto port = std::to_string(number);
    Endpoint endpoint;
    endpoint.text = address + ":" + port;
    if (const int code = getaddrinfo(address.c_str(), port.c_str(), &hints, &found); code != 0)
        return fail(
            address_error(endpoint.text, gai_strerror(code), "Give an IP address, such as 0.0.0.0 or ::"));
    std::memcpy(&endpoint.address, found->ai_addr, found->ai_addrlen);
    endpoint.length = found->ai_addrlen;
    freeaddrinfo(found);
    return endpoint;
}

Result<OwnedSocket> bound_socket(Endpoint& endpoint, bool shared) {
    OwnedSocket fd(::socket(endpoint.address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // accepted sockets inherit it
    if (shared) ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (fd.get() < 0 || ::bind(fd.get(), endpoint.get(), endpoint.length) != 0)
        return fail(address_error(endpoint.text, std::strerror(errno),
                                  "Stop what listens there or choose another port"));
    endpoint.length = sizeof endpoint.address;
    ::getsockname(fd.get(), reinterpret_cast<sockaddr*>(&endpoint.address), &endpoint.length);
    return fd;
}

std::uint16_t port_of(const Endpoint& endpoint) {
    const auto* bytes =
        reinterpret_cast<const unsigned char*>(&endpoint.address) + offsetof(sockaddr_in, sin_port);
    return static_cast<std::uint16_t>(bytes[0] << 8 | bytes[1]);  // at the same place for IPv6
}

}  // namespace

OwnedSocket::~OwnedSocket() {
    if (fd_ >= 0) ::close(fd_);
}

// A first bind that does not share finds out whether another server is there; the shared ones would silently
// take half of its connections.
Result<ListeningSockets> listen_on(const std::string& address, std::uint16_t port, int count) {
    PROVOST_TRY(Endpoint endpoint, resolve(address, port));
    PROVOST_CHECK(bound_socket(endpoint, false));
    ListeningSockets made;
    for (int i = 0; i < count; ++i) {
        PROVOST_TRY(auto fd, bound_socket(endpoint, true));
        if (::listen(fd.get(), door_backlog) != 0)
            return fail(address_error(endpoint.text, std::strerror(errno), "Choose another port"));
        made.sockets.push_back(std::move(fd));
    }
    made.port = port_of(endpoint);
    return made;
}

Accepted accept_one(int listener) {
    Accepted taken;
    socklen_t length = sizeof taken.peer;
    taken.fd =
        ::accept4(listener, reinterpret_cast<sockaddr*>(&taken.peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (taken.fd >= 0) return taken;
    taken.again = errno == ECONNABORTED || errno == EINTR;
    taken.pause = !taken.again && errno != EAGAIN && errno != EWOULDBLOCK;
    return taken;
}

}  // namespace provost
