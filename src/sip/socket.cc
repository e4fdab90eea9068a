#include "sip/socket.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost {

namespace {

std::string address_text(const sockaddr_storage& address, socklen_t size, bool with_port) {
    std::array<char, NI_MAXHOST> host{};
    std::array<char, NI_MAXSERV> port{};
    if (::getnameinfo(reinterpret_cast<const sockaddr*>(&address), size, host.data(), host.size(),
                      port.data(), port.size(), NI_NUMERICHOST | NI_NUMERICSERV) != 0)
        return {};
    std::string text = host.data();
    text = text.substr(0, text.find('%'));  // a scope is this machine's own business
    return with_port ? sip_host_port(text, 0) + ":" + port.data() : text;
}

// Empty: connected.
std::string connect_one(int socket, const addrinfo& address, SteadyTime deadline) {
    if (::connect(socket, address.ai_addr, address.ai_addrlen) == 0) return {};
    if (errno != EINPROGRESS) return std::strerror(errno);
    if (!wait_for(socket, POLLOUT, deadline)) return "it did not answer in time";
    int problem = 0;
    socklen_t size = sizeof problem;
    ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &problem, &size);
    return problem == 0 ? "" : std::strerror(problem);
}

}  // namespace

SipSocket::~SipSocket() {
    if (number_ >= 0) ::close(number_);
}

Error sip_unreached(const SipTarget& target, std::string why) {
    return {"P-8302", "the SIP peer was not reached", target.text(), std::move(why),
            "Check that it runs, its name, port and transport, and the network."};
}

Error sip_broken(const SipTarget& target, std::string why) {
    return {"P-8303", "the connection to the SIP peer broke", target.text(), std::move(why), "Try again."};
}

Result<Addresses> look_up(const std::string& host, std::uint16_t port, int socket_type) {
    addrinfo hints{};
    hints.ai_socktype = socket_type;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
        error != 0)
        return fail(sip_unreached({SipTransport::udp, host, port}, ::gai_strerror(error)));
    return Addresses(found);
}

Result<SipSocket> connect_socket(const SipTarget& target, SteadyTime deadline) {
    const int type = target.transport == SipTransport::udp ? SOCK_DGRAM : SOCK_STREAM;
    PROVOST_TRY(const auto found, look_up(target.host, target.port, type));
    std::string why = "it has no address";
    for (const auto* one = found.get(); one != nullptr; one = one->ai_next) {
        SipSocket socket(::socket(one->ai_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
        if (socket.get() < 0) {
            why = std::strerror(errno);
            continue;
        }
        why = connect_one(socket.get(), *one, deadline);
        if (why.empty()) return socket;
    }
    return fail(sip_unreached(target, why));
}

bool wait_for(int socket, short events, SteadyTime deadline) {
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        if (left.count() <= 0) return false;
        pollfd waits{socket, events, 0};
        const int ready = ::poll(&waits, 1, static_cast<int>(std::min<std::int64_t>(left.count(), 60'000)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

std::string own_address(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
    return address_text(address, size, true);
}

std::string peer_address(int socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getpeername(socket, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
    return address_text(address, size, false);
}

std::vector<std::string> addresses_of(const std::string& host) {
    std::vector<std::string> texts;
    const auto found = look_up(host, 0, SOCK_DGRAM);
    if (!found) return texts;
    for (const auto* one = found->get(); one != nullptr; one = one->ai_next) {
        sockaddr_storage address{};
        std::memcpy(&address, one->ai_addr, one->ai_addrlen);
        texts.push_back(address_text(address, one->ai_addrlen, false));
    }
    return texts;
}

}  // namespace provost
