#include "net/loop_pace.h"
#include "net/plain_loop.h"
#include "net/response.h"

#include <cerrno>

#include <sys/socket.h>

namespace provost {

namespace {

constexpr std::size_t longest_told = 512;
constexpr std::size_t most_discarded = 64 * 1024;

bool would_block() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

std::string begin_of(std::string_view text) {
    return std::string(text.substr(0, longest_told));
}

// A method is a word of letters; TLS and most else begin otherwise, and need not be waited for.
bool begins_as_request(std::string_view bytes) {
    const char first = bytes.front();
    return (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
}

}  // namespace

PlainSession::PlainSession(PlainLoop& loop, int socket, PeerAddress peer)
    : loop_(loop),
      socket_(loop.context(), socket),
      peer_(std::move(peer)),
      // No body is read: what follows the head is thrown away.
      parser_(request_limits(loop.limits(), loop.limits().upload_bytes)) {}

void PlainSession::start(PlainLoop::Sessions::iterator self) {
    self_ = self;
    enter(Stage::reading, loop_.limits().header_seconds);
    wait(true);
}

void PlainSession::enter(Stage stage, int seconds) {
    stage_ = stage;
    deadline_ = std::chrono::steady_clock::now() + std::chrono::seconds(seconds);
}

void PlainSession::wait(bool readable) {
    auto resume = [self = shared_from_this()](const boost::system::error_code& error) {
        if (!error) self->turn();
    };
    socket_.async_wait(readable ? PlainLoop::Socket::wait_read : PlainLoop::Socket::wait_write,
                       std::move(resume));
}

void PlainSession::turn() {
    if (stage_ == Stage::reading)
        read();
    else if (stage_ == Stage::writing)
        write();
    else if (stage_ == Stage::closing)
        discard();
}

void PlainSession::read() {
    auto& room = loop_.scratch();
    const auto got = ::recv(socket_.native_handle(), room.data(), room.size(), 0);
    if (got < 0 && would_block()) return wait(true);
    if (got == 0 && !input_.empty()) return answer(PlainRequest::Kind::garbage);
    if (got <= 0) {
        leave();
        return end();
    }
    input_.append(room.data(), static_cast<std::size_t>(got));
    // The parser says how much it is done with; what it has seen of a head that is not complete stays.
    const auto used = parser_.feed(input_);
    if (parser_.state() == RequestParser::State::refused || !begins_as_request(input_))
        return answer(PlainRequest::Kind::garbage);
    if (parser_.state() != RequestParser::State::head) return answer(PlainRequest::Kind::request);
    input_.erase(0, used);
    wait(true);
}

// It goes, or is cut off, without an answer.
void PlainSession::leave() {
    (void)tell(input_.empty() ? PlainRequest::Kind::silence : PlainRequest::Kind::garbage);
}

PlainReply PlainSession::tell(PlainRequest::Kind kind) {
    PlainRequest request;
    request.kind = kind;
    request.source = peer_.text;
    if (kind == PlainRequest::Kind::request) {
        const auto& head = parser_.head();
        request.method = begin_of(head.method);
        request.target = begin_of(head.target);
        request.host = begin_of(head.field("host"));
        request.user_agent = begin_of(head.field("user-agent"));
    } else {
        request.target = begin_of(input_);
    }
    input_ = std::string();
    return loop_.ask(request);
}

void PlainSession::answer(PlainRequest::Kind kind) {
    const auto reply = tell(kind);
    const bool to_head = kind == PlainRequest::Kind::request && parser_.head().method == "HEAD";
    OutputBuffer out(256 + reply.body.size());
    append_head(out, {reply.status, reply.content_type, reply.body.size(), false});
    if (!to_head) out.append(reply.body);
    output_ = out.view();
    enter(Stage::writing, loop_.limits().write_seconds);
    write();
}

void PlainSession::write() {
    while (written_ < output_.size()) {
        const auto sent = ::send(socket_.native_handle(), output_.data() + written_,
                                 output_.size() - written_, MSG_NOSIGNAL);
        if (sent < 0 && would_block()) return wait(false);
        if (sent < 0) return end();
        written_ += static_cast<std::size_t>(sent);
    }
    close();
}

// Closing with unread bytes would make the system send a reset, which can destroy the answer at the peer.
void PlainSession::close() {
    ::shutdown(socket_.native_handle(), SHUT_WR);
    enter(Stage::closing, closing_seconds);
    discard();
}

void PlainSession::discard() {
    auto& room = loop_.scratch();
    const auto got = ::recv(socket_.native_handle(), room.data(), room.size(), 0);
    if (got < 0 && would_block()) return wait(true);
    if (got <= 0) return end();
    discarded_ += static_cast<std::size_t>(got);
    if (discarded_ > most_discarded) return end();
    wait(true);
}

void PlainSession::sweep(PlainLoop::SteadyTime now) {
    if (stage_ == Stage::gone || now < deadline_) return;
    if (stage_ == Stage::reading) leave();
    end();
}

void PlainSession::end() {
    if (stage_ == Stage::gone) return;
    const auto self = shared_from_this();
    stage_ = Stage::gone;
    boost::system::error_code ignored;
    socket_.close(ignored);
    loop_.forget(self_);
}

}  // namespace provost
