#include "sip/wire.h"

#include "sip/message.h"
#include "sip/socket.h"
#include "sip/tls_session.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <poll.h>
#include <sys/socket.h>

namespace provost {

namespace {

class DatagramWire final : public SipWire {
 public:
    DatagramWire(SipTarget target, SipSocket socket)
        : target_(std::move(target)), socket_(std::move(socket)) {}

    Status send(std::string_view message, SteadyTime) override {
        const auto sent = ::send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL);
        if (sent == static_cast<ssize_t>(message.size())) return {};
        return fail(sip_broken(target_, std::strerror(errno)));
    }

    Result<std::optional<std::string>> receive(SteadyTime deadline) override {
        std::string message(longest_sip_message, '\0');
        while (wait_for(socket_.get(), POLLIN, deadline)) {
            const auto got = ::recv(socket_.get(), message.data(), message.size(), 0);
            if (got > 0) {
                message.resize(static_cast<std::size_t>(got));
                return message;
            }
            if (got < 0 && errno != EAGAIN && errno != EINTR)
                return fail(sip_broken(target_, std::strerror(errno)));
        }
        return std::nullopt;
    }

    [[nodiscard]] bool reliable() const override { return false; }
    [[nodiscard]] std::string local() const override { return own_address(socket_.get()); }
    [[nodiscard]] std::string peer() const override { return peer_address(socket_.get()); }
    [[nodiscard]] SipTransport transport() const override { return SipTransport::udp; }

 private:
    SipTarget target_;
    SipSocket socket_;
};

class StreamWire final : public SipWire {
 public:
    StreamWire(SipTarget target, SipSocket socket, std::unique_ptr<TlsSession> tls)
        : target_(std::move(target)), socket_(std::move(socket)), tls_(std::move(tls)) {}

    Status send(std::string_view message, SteadyTime deadline) override {
        while (!message.empty()) {
            const auto step = tls_ ? tls_->write(message) : write(message);
            if (step.bytes > 0)
                message.remove_prefix(step.bytes);
            else if (step.waits_for == 0)
                return fail(sip_broken(target_, step.why));
            else if (!wait_for(socket_.get(), step.waits_for, deadline))
                return fail(sip_broken(target_, "it takes nothing"));
        }
        return {};
    }

    Result<std::optional<std::string>> receive(SteadyTime deadline) override {
        for (;;) {
            buffer_.erase(0, std::min(buffer_.find_first_not_of("\r\n"), buffer_.size()));
            const auto size = sip_message_size(buffer_);
            if (!size) return fail(sip_broken(target_, "it sends what is no SIP"));
            if (*size != 0) {
                auto message = buffer_.substr(0, *size);
                buffer_.erase(0, *size);
                return message;
            }
            PROVOST_TRY(const bool more, read_more(deadline));
            if (!more) return std::nullopt;
        }
    }

    [[nodiscard]] bool reliable() const override { return true; }
    [[nodiscard]] std::string local() const override { return own_address(socket_.get()); }
    [[nodiscard]] std::string peer() const override { return peer_address(socket_.get()); }
    [[nodiscard]] SipTransport transport() const override { return target_.transport; }
    [[nodiscard]] std::string tls_version() const override { return tls_ ? tls_->version() : std::string(); }

 private:
    StreamStep write(std::string_view bytes) const {
        const auto sent = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent > 0) return {static_cast<std::size_t>(sent), 0, {}};
        if (errno == EAGAIN) return {0, POLLOUT, {}};
        return {0, 0, std::strerror(errno)};
    }

    StreamStep read(std::span<char> room) const {
        const auto got = ::recv(socket_.get(), room.data(), room.size(), 0);
        if (got > 0) return {static_cast<std::size_t>(got), 0, {}};
        if (got < 0 && errno == EAGAIN) return {0, POLLIN, {}};
        return {0, 0, got == 0 ? "it closed the connection" : std::strerror(errno)};
    }

    Result<bool> read_more(SteadyTime deadline) {
        std::array<char, 4096> room{};
        for (;;) {
            const auto step = tls_ ? tls_->read(room) : read(room);
            if (step.bytes > 0) {
                buffer_.append(room.data(), step.bytes);
                return true;
            }
            if (step.waits_for == 0) return fail(sip_broken(target_, step.why));
            if (!wait_for(socket_.get(), step.waits_for, deadline)) return false;
        }
    }

    SipTarget target_;
    SipSocket socket_;
    std::unique_ptr<TlsSession> tls_;  // null: without
    std::string buffer_;
};

}  // namespace

std::string SipTarget::text() const {
    static constexpr std::string_view names[] = {"udp ", "tcp ", "tls "};
    return std::string(names[static_cast<std::size_t>(transport)]) + sip_host_port(host, port);
}

Result<std::unique_ptr<SipWire>> connect_sip(const SipTarget& target, const SipTls& tls,
                                             SteadyTime deadline) {
    PROVOST_TRY(auto socket, connect_socket(target, deadline));
    if (target.transport == SipTransport::udp)
        return std::make_unique<DatagramWire>(target, std::move(socket));
    std::unique_ptr<TlsSession> session;
    if (target.transport == SipTransport::tls) {
        PROVOST_TRY(session, TlsSession::open(socket.get(), target, tls));
        for (;;) {
            const auto step = session->shake_hands();
            if (step.bytes > 0) break;
            if (step.waits_for == 0) return fail(sip_unreached(target, step.why));
            if (!wait_for(socket.get(), step.waits_for, deadline))
                return fail(sip_unreached(target, "the TLS handshake did not end in time"));
        }
    }
    return std::make_unique<StreamWire>(target, std::move(socket), std::move(session));
}

}  // namespace provost
