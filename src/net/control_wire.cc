#include "net/control_wire.h"

#include "domain/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr std::size_t chunk = 64 * 1024;

bool address_of(const std::filesystem::path& path, sockaddr_un& address) {
    const auto& name = path.native();
    address.sun_family = AF_UNIX;
    if (name.size() < sizeof address.sun_path) {
        std::memcpy(address.sun_path, name.c_str(), name.size() + 1);
        return true;
    }
    errno = ENAMETOOLONG;
    return false;
}

bool parse_query(std::string_view text, std::map<std::string, std::string>& query) {
    while (!text.empty()) {
        const auto end = std::min(text.find('&'), text.size());
        const auto pair = text.substr(0, end);
        const auto equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), true);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) return false;
        if (!name->empty() && !query.emplace(std::move(*name), std::move(*value)).second) return false;
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
}

}  // namespace

UnixSocket::~UnixSocket() {
    if (fd_ >= 0) ::close(fd_);
}

UnixSocket UnixSocket::make() {
    return UnixSocket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}

bool UnixSocket::bind(const std::filesystem::path& path) const {
    sockaddr_un address{};
    return address_of(path, address) &&
           ::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

bool UnixSocket::connect(const std::filesystem::path& path) const {
    sockaddr_un address{};
    return address_of(path, address) &&
           ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

void UnixSocket::set_deadline(int seconds) const {
    const timeval limit{seconds, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

bool UnixSocket::send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

long UnixSocket::receive(std::string& into) const {
    std::array<char, chunk> room;
    while (true) {
        const auto got = ::recv(fd_, room.data(), room.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got > 0) into.append(room.data(), static_cast<std::size_t>(got));
        return got;
    }
}

std::optional<RequestTarget> parse_target(std::string_view target) {
    const auto mark = std::min(target.find('?'), target.size());
    auto path = percent_decode(target.substr(0, mark), false);
    RequestTarget parsed;
    if (!path || !parse_query(target.substr(std::min(mark + 1, target.size())), parsed.query))
        return std::nullopt;
    parsed.path = std::move(*path);
    return parsed;
}

std::string to_text(const RequestTarget& target) {
    std::string out = percent_encode(target.path);
    char separator = '?';
    for (const auto& [name, value] : target.query) {
        out += separator;
        out += percent_encode(name) + '=' + percent_encode(value);
        separator = '&';
    }
    return out;
}

}  // namespace provost
