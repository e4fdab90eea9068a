#include "crypto/random.h"
#include "net/loop_pace.h"
#include "net/phone_session.h"
#include "net/response.h"

#include <algorithm>
#include <array>

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

// The second half of a session's way: from the reply to the end of the connection.

namespace provost {

namespace {

constexpr int parting_seconds = 1;    // a peer that reads to the end of the connection waits so long
constexpr int unsettled_seconds = 2;  // the connection of an answer with secrets idles no longer

// The rest that a fixed time leaves (some 10 us between who shows a certificate and who does not) drowns in
// it.
std::chrono::microseconds jitter(int milliseconds) {
    std::array<std::uint8_t, 4> bytes{};
    random_bytes(bytes);
    const std::uint32_t random = bytes[0] | bytes[1] << 8U | bytes[2] << 16U | std::uint32_t{bytes[3]} << 24U;
    return std::chrono::microseconds(random % (static_cast<std::uint32_t>(milliseconds) * 200U + 1U));
}

}  // namespace

void PhoneSession::take_reply(DeviceReply reply) {
    if (reply.delivery != 0) deliveries_.push_back(reply.delivery);
    if (stage_ != Stage::deciding) {  // the connection died meanwhile
        settle(Transfer::broken);
        return;
    }
    if (compose(reply)) return hold_refusal();
    after_write_ = Stage::idle;
    enter(Stage::writing, core_.settings.limits.write_seconds);
    if (!in_turn_) turn();
}

// A stranger can't tell the reasons of refusals apart by how long they took (R-C5). From when the last bytes
// came, so that the look at a certificate which came with the request is within.
void PhoneSession::hold_refusal() {
    const auto& limits = core_.settings.limits;
    enter(Stage::holding, limits.write_seconds);
    const std::chrono::milliseconds hold(limits.refusal_milliseconds);
    loop_.refusals().add(shared_from_this(), woken_ + hold + jitter(limits.refusal_milliseconds));
}

void PhoneSession::release_refusal() {
    if (stage_ != Stage::holding) return;
    after_write_ = Stage::idle;
    enter(Stage::writing, core_.settings.limits.write_seconds);
    turn();
}

// True for a refusal.
bool PhoneSession::compose(const DeviceReply& reply) {
    const bool to_head = method() == Method::head;
    close_after_ |= reply.refusal;
    if (reply.status == 403 || (method() == Method::other && !reply.refusal)) {
        close_after_ = true;
        output_.append(refusal(to_head));
        return true;
    }
    output_.reserve(256 + reply.body.size());
    append_head(output_, {reply.status, reply.content_type, reply.body.size(), !close_after_},
                reply.authenticate);
    if (!to_head) output_.append(reply.body.view());
    return reply.refusal;
}

PhoneSession::Next PhoneSession::write() {
    while (written_ < output_.size()) {
        std::size_t count = 0;
        const auto result = tls_.write(output_.view().substr(written_), count);
        if (result == TlsResult::want_read || result == TlsResult::want_write) return stopped(result);
        if (result != TlsResult::done) return end();
        written_ += count;
    }
    output_ = OutputBuffer();
    written_ = 0;
    return after_write();
}

// What is left of a KiB is rounded up at the end.
void PhoneSession::note_bytes() {
    constexpr std::uint64_t kibibyte = 1024;
    const auto total = tls_.bytes() + (stage_ == Stage::gone ? kibibyte - 1 : 0);
    if (total < noted_bytes_) return;
    const auto fresh = (total - noted_bytes_) / kibibyte;
    noted_bytes_ += fresh * kibibyte;
    checkpoint_.note_bytes(evidence_.get(), static_cast<std::int64_t>(fresh));
}

SteadyTime PhoneSession::last_request() const {
    return started_ + std::chrono::seconds(core_.settings.limits.connection_seconds);
}

PhoneSession::Next PhoneSession::after_write() {
    note_bytes();
    if (after_write_ == Stage::body) {
        enter(Stage::body, core_.settings.limits.body_seconds);
        return Next::step;
    }
    if (close_after_ || loop_.winding_down()) {
        // A peer that closes by itself does so in order. If our close came first, many would close with it
        // unread, and their system would send a reset, which looks like a broken transfer.
        if (deliveries_.empty()) return say_goodbye();
        enter(Stage::parting, parting_seconds);
        return Next::step;
    }
    parser_.next();
    unseen_input_ = !input_.empty();
    enter(unseen_input_ ? Stage::head : Stage::idle,
          unseen_input_ ? core_.settings.limits.header_seconds : idle_seconds());
    if (!unseen_input_) deadline_ = std::min(deadline_, last_request());
    return Next::step;
}

// A rotated password is told to the registrar when its delivery has ended. A phone that keeps its connection
// for more must not be without its account so long.
int PhoneSession::idle_seconds() const {
    const int usual = core_.settings.limits.idle_seconds;
    return deliveries_.empty() ? usual : std::min(usual, unsettled_seconds);
}

// Closing with unread bytes would make the system send a reset, which can destroy the answer at the peer.
PhoneSession::Next PhoneSession::discard() {
    std::size_t got = 0;
    const auto result = tls_.read(loop_.scratch(), got);
    if (result != TlsResult::done) return stopped(result);
    discarded_ += got;
    const auto& limits = core_.settings.limits;
    return discarded_ > limits.upload_bytes + limits.header_bytes ? end() : Next::step;
}

PhoneSession::Next PhoneSession::say_goodbye() {
    tls_.send_close();
    ::shutdown(socket_.native_handle(), SHUT_WR);
    enter(Stage::closing, closing_seconds);
    return Next::step;
}

PhoneSession::Next PhoneSession::stopped(TlsResult why) {
    if (why == TlsResult::want_read) return Next::readable;
    if (why == TlsResult::want_write) return Next::writable;
    return why == TlsResult::closed ? peer_left() : end();
}

PhoneSession::Next PhoneSession::peer_left() {
    const auto queue = deliveries_.empty() ? SendQueue::acknowledged : send_queue();
    if (queue == SendQueue::reset) return end();
    if (queue == SendQueue::waiting) {  // the sweep asks again
        if (stage_ != Stage::draining) enter(Stage::draining, core_.settings.limits.write_seconds);
        return Next::nothing;
    }
    settle(Transfer::complete);
    if (stage_ != Stage::closing) tls_.send_close();
    return end();
}

PhoneSession::Next PhoneSession::end() {
    if (stage_ == Stage::gone) return Next::nothing;
    const auto self = shared_from_this();
    stage_ = Stage::gone;
    note_bytes();
    settle(Transfer::broken);
    output_ = OutputBuffer();
    boost::system::error_code ignored;
    socket_.close(ignored);
    loop_.forget(self_);
    return Next::nothing;
}

PhoneSession::SendQueue PhoneSession::send_queue() {
    const int socket = socket_.native_handle();
    int error = 0, unsent = 0;
    socklen_t size = sizeof error;
    const bool known = ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 &&
                       ::ioctl(socket, SIOCOUTQ, &unsent) == 0;
    if (!known || error != 0) return SendQueue::reset;
    return unsent == 0 ? SendQueue::acknowledged : SendQueue::waiting;
}

void PhoneSession::settle(Transfer how) {
    for (const auto delivery : deliveries_) core_.deliver.transferred(delivery, how);
    deliveries_.clear();
}

void PhoneSession::sweep() {
    if (stage_ == Stage::draining) peer_left();
    if (stage_ == Stage::gone || loop_.now() < deadline_) return;
    if (stage_ == Stage::handshake) core_.count(HandshakeFault::timed_out);
    // The wait for reading that these stages left behind goes on in the next one.
    if (stage_ == Stage::idle || stage_ == Stage::parting)
        say_goodbye();
    else
        end();
}

void PhoneSession::wind_down() {
    close_after_ = true;
    if (stage_ == Stage::idle) say_goodbye();
}

void PhoneSession::cut() {
    end();
}

}  // namespace provost
