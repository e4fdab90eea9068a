#include "vault/holder_link.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr auto longest_answer = std::chrono::seconds(5);  // a slow disk under the key folder
constexpr auto rest_after_silence = std::chrono::seconds(1);
constexpr std::size_t most_idle = 32;

}  // namespace

HolderLink::~HolderLink() {
    for (const int connection : idle_) ::close(connection);
}

Error HolderLink::away(std::string why) const {
    return {
        "P-5030", "the key holder does not answer", socket_.string(), std::move(why),
        "Start it: systemctl start provost-keyholder, or provost keyholder run. Until then nothing secret "
        "is delivered"};
}

AuditKeyState HolderLink::audit_state() const {
    const std::lock_guard lock(mutex_);
    return audit_.value_or(AuditKeyState());
}

void HolderLink::note(const AuditKeyState& state) {
    const std::lock_guard lock(mutex_);
    audit_ = state;
}

Result<int> HolderLink::connect() {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (socket_.native().size() >= sizeof address.sun_path) return fail(away("the path is too long"));
    std::copy(socket_.native().begin(), socket_.native().end(), address.sun_path);
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) return fail(away(std::strerror(errno)));
    const timeval patience{longest_answer.count(), 0};
    ::setsockopt(made, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    Status done;
    if (::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        done = fail(away(std::strerror(errno)));
    if (done) done = greet(made);
    if (done) return made;
    ::close(made);
    return fail(std::move(done).error());
}

// Another trail's keys would make entries that nobody can verify. A step further back than is known here is a
// greeting overtaken by a step, or a holder that lost one: the call that needs it finds out.
Status HolderLink::greet(int connection) {
    OutputBuffer frame;
    (void)write_frame(HolderCall(HelloCall()), frame);
    const auto heard = exchange(connection, frame.view());
    if (heard.fault == Fault::nonsense)
        return fail(not_understood("the answer is no message of this version"));
    if (!heard.reply) return fail(away("it hung up, as it does on users that it does not know"));
    if (const auto* const error = std::get_if<Error>(&*heard.reply)) return fail(*error);
    const auto* const state = std::get_if<AuditKeyState>(&*heard.reply);
    if (state == nullptr) return fail(not_understood("the answer is no message of this version"));
    const std::lock_guard lock(mutex_);
    if (audit_ && audit_->id != state->id)
        return fail({"P-5034", "the key holder came back with the keys of another audit trail",
                     socket_.string(), "", "Give it its key folder back, or restart the server"});
    if (!audit_ || state->step >= audit_->step) audit_ = *state;
    return {};
}

HolderLink::Heard HolderLink::exchange(int connection, std::string_view frame) {
    for (std::size_t sent = 0; sent < frame.size();) {
        const auto more = ::send(connection, frame.data() + sent, frame.size() - sent, MSG_NOSIGNAL);
        if (more < 0 && errno == EINTR) continue;
        if (more <= 0) return {errno == EAGAIN ? Fault::silent : Fault::gone, {}};
        sent += static_cast<std::size_t>(more);
    }
    OutputBuffer heard(512);
    std::array<char, 8192> piece;
    while (true) {
        const auto got = ::recv(connection, piece.data(), piece.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && errno == EAGAIN) return {Fault::silent, {}};
        if (got <= 0) return {Fault::gone, {}};
        heard.append({piece.data(), static_cast<std::size_t>(got)});
        wipe(piece.data(), static_cast<std::size_t>(got));
        const auto bytes = as_bytes(heard.view());
        if (bytes.size() < frame_head) continue;
        const auto length = frame_length(bytes);
        if (!length || bytes.size() > frame_head + *length) return {Fault::nonsense, {}};
        if (bytes.size() < frame_head + *length) continue;
        auto reply = read_reply(bytes.subspan(frame_head));
        return {reply ? Fault::none : Fault::nonsense, std::move(reply)};
    }
}

// Connections that an ended holder left behind are tried first and found out; every call may be made twice.
Result<HolderReply> HolderLink::call(const HolderCall& call) {
    OutputBuffer frame;
    if (!write_frame(call, frame))
        return fail({"P-5032", "the key holder can't be asked this", socket_.string(),
                     "it is longer than a message may be", "Give the device fewer or shorter secrets"});
    while (true) {
        int connection = -1;
        {
            const std::lock_guard lock(mutex_);
            if (std::chrono::steady_clock::now() < not_before_) return fail(away("no answer in time"));
            if (!idle_.empty()) {
                connection = idle_.back();
                idle_.pop_back();
            }
        }
        const bool fresh = connection < 0;
        if (fresh) {
            PROVOST_TRY(connection, connect());
        }
        auto heard = exchange(connection, frame.view());
        if (fresh || heard.fault != Fault::gone) return finish(connection, std::move(heard));
        ::close(connection);
    }
}

Result<HolderReply> HolderLink::finish(int connection, Heard heard) {
    if (heard.reply) {
        const std::lock_guard lock(mutex_);
        if (idle_.size() < most_idle)
            idle_.push_back(connection);
        else
            ::close(connection);
        return std::move(*heard.reply);
    }
    ::close(connection);
    if (heard.fault == Fault::nonsense)
        return fail(not_understood("the answer is no message of this version"));
    if (heard.fault == Fault::gone) return fail(away("it hung up"));
    const std::lock_guard lock(mutex_);
    not_before_ = std::chrono::steady_clock::now() + rest_after_silence;
    return fail(away("no answer in time"));
}

}  // namespace provost
