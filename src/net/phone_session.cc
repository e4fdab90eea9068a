#include "net/phone_session.h"

#include "net/loop_pace.h"
#include "net/response.h"

#include <algorithm>
#include <utility>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>

namespace provost {

namespace {

constexpr std::size_t user_agent_bytes = 512;

// Brings a reply home to its session's loop from whichever thread gives it.
class Answer {
 public:
    explicit Answer(PhoneLoop& loop, std::shared_ptr<PhoneSession> session)
        : loop_(loop), guard_(loop.context().get_executor()), session_(std::move(session)) {}

    void give(DeviceReply reply) {
        auto session = std::move(session_);
        if (!session) return;
        if (loop_.on_own_thread()) {
            guard_.reset();
            session->take_reply(std::move(reply));
            return;
        }
        // The guard travels along, so that the loop can't end before the reply has come home.
        auto take = [session = std::move(session), reply = std::move(reply),
                     guard = std::move(guard_)]() mutable { session->take_reply(std::move(reply)); };
        boost::asio::post(loop_.context(), std::move(take));
    }

 private:
    PhoneLoop& loop_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard_;
    std::shared_ptr<PhoneSession> session_;
};

}  // namespace

PhoneSession::PhoneSession(PhoneLoop& loop, int socket, Caller caller, SSL_CTX* tls)
    : loop_(loop),
      core_(loop.core()),
      socket_(loop.context(), socket),
      tls_(tls, socket),
      peer_(std::move(caller.peer)),
      checkpoint_(caller.checkpoint),
      parser_(request_limits(core_.settings.limits, core_.settings.limits.upload_bytes)) {}

void PhoneSession::start(Sessions::iterator self) {
    self_ = self;
    enter(Stage::handshake, core_.settings.limits.handshake_seconds);
    if (tls_.ok())
        wait_for(Next::readable);
    else
        end();
}

void PhoneSession::enter(Stage stage, int seconds) {
    stage_ = stage;
    deadline_ = loop_.now() + std::chrono::seconds(seconds);
}

void PhoneSession::wait_for(Next next) {
    auto resume = [self = shared_from_this()](const boost::system::error_code& error) {
        if (error || self->stage_ == Stage::gone) return;
        self->tls_.ready();
        self->turn();
    };
    socket_.async_wait(next == Next::readable ? Socket::wait_read : Socket::wait_write, std::move(resume));
}

void PhoneSession::turn() {
    in_turn_ = true;
    woken_ = std::chrono::steady_clock::now();
    auto next = Next::step;
    while (next == Next::step) next = step();
    in_turn_ = false;
    if (next != Next::nothing) wait_for(next);
}

PhoneSession::Next PhoneSession::step() {
    switch (stage_) {
        case Stage::handshake:
            return shake_hands();
        case Stage::idle:
        case Stage::head:
        case Stage::body:
            return read_request();
        case Stage::writing:
            return write();
        case Stage::parting:
        case Stage::closing:
            return discard();
        case Stage::deciding:
        case Stage::holding:
        case Stage::draining:
        case Stage::gone:
            break;
    }
    return Next::nothing;
}

PhoneSession::Next PhoneSession::shake_hands() {
    if (!tls_begun_ && !checkpoint_.begins_tls()) return shed();
    tls_begun_ = true;
    const auto result = tls_.handshake();
    if (result != TlsResult::done) {
        if (result == TlsResult::closed || result == TlsResult::broken) {
            ++core_.handshake_failures;
            core_.count(result == TlsResult::closed ? HandshakeFault::left : tls_.handshake_fault());
            const auto trouble = result == TlsResult::broken ? tls_.handshake_trouble() : std::nullopt;
            if (trouble) core_.deliver.handshake_failed(peer_.text, *trouble);
        }
        if (result == TlsResult::broken) checkpoint_.note_failure();
        return stopped(result);
    }
    ++core_.handshakes;
    core_.handshake_duration.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count());
    evidence_ = tls_.judge(core_.judge);
    if (!checkpoint_.is_judged(*evidence_)) return shed();
    enter(Stage::head, core_.settings.limits.header_seconds);
    return Next::step;
}

// The guard stops it: no answer tells which rule did.
PhoneSession::Next PhoneSession::shed() {
    ++core_.shed;
    return end();
}

PhoneSession::Next PhoneSession::read_request() {
    if (!unseen_input_) {
        std::size_t got = 0;
        const auto room = loop_.scratch();
        if (const auto result = tls_.read(room, got); result != TlsResult::done) return stopped(result);
        if (stage_ == Stage::idle) enter(Stage::head, core_.settings.limits.header_seconds);
        const std::string_view bytes(room.data(), got);
        if (input_.empty()) {  // the usual case: the whole request came at once and needs no copy
            input_ = bytes.substr(parser_.feed(bytes));
            wipe(room.data(), got);  // it may hold a password
            return on_progress();
        }
        input_ += bytes;
        wipe(room.data(), got);
    }
    const auto used = parser_.feed(input_);
    wipe(input_.data(), used);
    input_.erase(0, used);
    return on_progress();
}

PhoneSession::Next PhoneSession::on_progress() {
    unseen_input_ = false;
    const auto state = parser_.state();
    if (state == RequestParser::State::refused) return refuse();
    if (state == RequestParser::State::head) return Next::step;
    if (stage_ != Stage::body) return on_head();
    return state == RequestParser::State::complete ? decide() : Next::step;
}

bool PhoneSession::may_upload() const {
    return !evidence_->fault && (method() == Method::put || method() == Method::post);
}

PhoneSession::Next PhoneSession::on_head() {
    if (!checkpoint_.asks(*evidence_)) return shed();
    ++core_.requests;
    ++requests_;
    if (!deliveries_.empty() && send_queue() == SendQueue::acknowledged)
        settle(Transfer::complete);  // it asks again
    close_after_ |= !parser_.head().keep_alive ||
                    requests_ >= core_.settings.limits.requests_per_connection ||
                    loop_.now() >= last_request();
    if (parser_.state() == RequestParser::State::complete) return decide();
    if (!may_upload()) {  // a stranger's body isn't worth reading
        close_after_ = true;
        return decide();
    }
    if (core_.settings.keep_bodies) parser_.keep_body(&body_);
    enter(Stage::body, core_.settings.limits.body_seconds);
    unseen_input_ = !input_.empty();
    if (!parser_.head().expects_continue || unseen_input_) return Next::step;
    output_.append(go_on);
    after_write_ = Stage::body;
    stage_ = Stage::writing;
    return Next::step;
}

Method PhoneSession::method() const {
    const auto& name = parser_.head().method;
    if (name == "GET") return Method::get;
    if (name == "HEAD") return Method::head;
    if (name == "PUT") return Method::put;
    if (name == "POST") return Method::post;
    return Method::other;
}

PhoneSession::Next PhoneSession::decide() {
    enter(Stage::deciding, core_.settings.limits.write_seconds);
    auto& head = parser_.head();
    DeviceRequest request;
    request.method = method();
    request.target = head.target;
    request.user_agent = head.field("user-agent").substr(0, user_agent_bytes);
    request.source = peer_.text;
    request.tls = tls_.description();
    request.authorization = head.take_secret("authorization");
    request.body = std::exchange(body_, {});
    for (const auto& [name, value] : head.fields)
        if (name.starts_with("x-")) request.extra_fields.push_back(name);
    auto answer = std::make_shared<Answer>(loop_, shared_from_this());
    core_.deliver.handle(evidence_, std::move(request),
                         [answer](DeviceReply reply) { answer->give(std::move(reply)); });
    return stage_ == Stage::deciding ? Next::nothing : Next::step;
}

// Bytes that are no request: nobody is asked.
PhoneSession::Next PhoneSession::refuse() {
    checkpoint_.note_failure();
    close_after_ = true;
    output_.append(refusal(false));
    hold_refusal();
    return Next::nothing;
}

}  // namespace provost
