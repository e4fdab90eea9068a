// A SIP peer in a thread of this process: answers each datagram, or each message of one stream after another,
// as a test says.
#pragma once

#include "sip/message.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost {

class SipPeer {
 public:
    // Gets a request, gives what is sent back, one after the other.
    using Answer = std::function<std::vector<std::string>(const std::string& request)>;

    SipPeer(Answer answer, bool stream) : answer_(std::move(answer)), stream_(stream) {
        socket_ = ::socket(AF_INET, (stream ? SOCK_STREAM : SOCK_DGRAM) | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        (void)::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        if (stream) (void)::listen(socket_, 8);
        (void)::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread([this] { stream_ ? serve_streams() : serve_datagrams(); });
    }
    ~SipPeer() {
        over_ = true;
        thread_.join();
        ::close(socket_);
    }

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::vector<std::string> seen() const {
        const std::lock_guard guard(mutex_);
        return seen_;
    }

    static std::string header(const std::string& request, const std::string& name) {
        const auto at = request.find("\r\n" + name + ": ");
        if (at == std::string::npos) return "";
        const auto begin = at + name.size() + 4;
        return request.substr(begin, request.find("\r\n", begin) - begin);
    }
    // An answer to `request` with further header lines.
    static std::string reply(const std::string& request, const std::string& status,
                             const std::string& more = "") {
        return "SIP/2.0 " + status + "\r\nVia: " + header(request, "Via") +
               "\r\nFrom: " + header(request, "From") + "\r\nTo: " + header(request, "To") +
               ";tag=peer\r\nCall-ID: " + header(request, "Call-ID") +
               "\r\nCSeq: " + header(request, "CSeq") + "\r\n" + more + "Content-Length: 0\r\n\r\n";
    }

 private:
    bool ready(int socket) const {
        pollfd waits{socket, POLLIN, 0};
        while (!over_)
            if (::poll(&waits, 1, 20) > 0) return true;
        return false;
    }
    std::vector<std::string> answer(const std::string& request) {
        {
            const std::lock_guard guard(mutex_);
            seen_.push_back(request);
        }
        return answer_(request);
    }
    void serve_datagrams() {
        std::array<char, 65536> room{};
        sockaddr_in from{};
        while (ready(socket_)) {
            socklen_t size = sizeof from;
            const auto got =
                ::recvfrom(socket_, room.data(), room.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
            if (got <= 0) continue;
            for (const auto& text : answer({room.data(), static_cast<std::size_t>(got)}))
                (void)::sendto(socket_, text.data(), text.size(), 0, reinterpret_cast<sockaddr*>(&from),
                               size);
        }
    }
    void serve_streams() {
        while (ready(socket_)) {
            const int one = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
            std::array<char, 65536> room{};
            std::string buffer;
            while (ready(one)) {
                const auto got = ::recv(one, room.data(), room.size(), 0);
                if (got <= 0) break;
                buffer.append(room.data(), static_cast<std::size_t>(got));
                for (auto size = sip_message_size(buffer); size && *size != 0;
                     size = sip_message_size(buffer)) {
                    for (const auto& text : answer(buffer.substr(0, *size)))
                        for (const char& c : text)
                            (void)::send(one, &c, 1, MSG_NOSIGNAL);  // in the smallest pieces
                    buffer.erase(0, *size);
                }
            }
            ::close(one);
        }
    }

    Answer answer_;
    const bool stream_;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> over_ = false;
    mutable std::mutex mutex_;
    std::vector<std::string> seen_;
    std::thread thread_;
};

}  // namespace provost
