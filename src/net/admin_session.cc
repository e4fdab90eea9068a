#include "net/admin_session.h"

#include "domain/text.h"
#include "net/door_problem.h"
#include "net/loop_pace.h"
#include "net/response.h"
#include "service/log.h"

#include <utility>

#include <boost/asio/post.hpp>

namespace provost {

namespace {

// Who throws is not to take the server along.
ApiReply ask_handler(const AdminHandlers& handlers, const ApiRequest& request, const std::string& peer) {
    try {
        return handlers.api(request, peer);
    } catch (const std::exception& error) {
        log_event(LogLevel::error, "admin.threw", "a call of the REST interface went wrong inside",
                  {{"method", request.method}, {"path", request.path.substr(0, 256)}, {"why", error.what()}});
        return door_problem(500, "P-7042", "something went wrong inside");
    }
}

}  // namespace

AdminSession::AdminSession(AdminLoop& loop, int socket, PeerAddress peer, SSL_CTX* tls)
    : loop_(loop),
      core_(loop.core()),
      socket_(loop.context(), socket),
      tls_(tls, socket),
      peer_(std::move(peer)),
      // The largest of all; what each request may have is known once its target is.
      parser_(request_limits(core_.settings.limits, import_bytes)) {}

void AdminSession::start(AdminLoop::Sessions::iterator self) {
    self_ = self;
    enter(Stage::handshake, limits().handshake_seconds);
    if (tls_.ok())
        wait_for(Next::readable);
    else
        end();
}

void AdminSession::enter(Stage stage, int seconds) {
    stage_ = stage;
    deadline_ = loop_.now() + std::chrono::seconds(seconds);
}

void AdminSession::wait_for(Next next) {
    auto resume = [self = shared_from_this()](const boost::system::error_code& error) {
        if (error || self->stage_ == Stage::gone) return;
        self->tls_.ready();
        self->turn();
    };
    socket_.async_wait(next == Next::readable ? AdminLoop::Socket::wait_read : AdminLoop::Socket::wait_write,
                       std::move(resume));
}

void AdminSession::turn() {
    auto next = Next::step;
    while (next == Next::step) next = step();
    if (next != Next::nothing) wait_for(next);
}

AdminSession::Next AdminSession::step() {
    switch (stage_) {
        case Stage::handshake:
            return shake_hands();
        case Stage::idle:
        case Stage::head:
        case Stage::body:
            return read_request();
        case Stage::writing:
            return write();
        case Stage::streaming:
            return watch();
        case Stage::closing:
            return discard();
        case Stage::asking:
        case Stage::gone:
            break;
    }
    return Next::nothing;
}

AdminSession::Next AdminSession::shake_hands() {
    const auto result = tls_.handshake();
    if (result != TlsResult::done) {
        if (result == TlsResult::closed || result == TlsResult::broken) {
            core_.handshake_failures.add();
            core_.count(result == TlsResult::closed ? HandshakeFault::left : tls_.handshake_fault());
        }
        return stopped(result);
    }
    core_.handshakes.add();
    core_.handshake_duration.observe(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count());
    enter(Stage::head, limits().header_seconds);
    return Next::step;
}

AdminSession::Next AdminSession::read_request() {
    if (!unseen_input_) {
        std::size_t got = 0;
        const auto room = loop_.scratch();
        if (const auto result = tls_.read(room, got); result != TlsResult::done) return stopped(result);
        if (stage_ == Stage::idle) enter(Stage::head, limits().header_seconds);
        input_.append(room.data(), got);
        wipe(room.data(), got);  // it may hold a password
    }
    const auto used = parser_.feed(input_);
    wipe(input_.data(), used);
    input_.erase(0, used);
    return on_progress();
}

AdminSession::Next AdminSession::on_progress() {
    unseen_input_ = false;
    const auto state = parser_.state();
    if (state == RequestParser::State::refused) {
        method_.clear();
        close_after_ = true;
        return say(400, "this is no request that the server takes");
    }
    if (state == RequestParser::State::head) return Next::step;
    return stage_ == Stage::body ? on_body() : on_head();
}

AdminSession::Next AdminSession::on_head() {
    core_.requests.add();
    ++requests_;
    const auto& head = parser_.head();
    method_ = head.method;
    target_ = read_web_target(head);
    close_after_ |= !head.keep_alive || requests_ >= limits().requests_per_connection ||
                    loop_.now() >= started_ + std::chrono::seconds(limits().connection_seconds);
    const bool whole = parser_.state() == RequestParser::State::complete;
    if (!is_own_host(head.field("host"), core_.settings.names)) {
        core_.wrong_hosts.add();
        close_after_ |= !whole;
        return say(421, "there is no such host here");
    }
    localhost_ = is_localhost(head.field("host"));
    if (whole) return respond();
    return begin_body();
}

AdminSession::Next AdminSession::respond() {
    if (target_.kind == WebTarget::Kind::broken)
        return say(400, "the address holds a broken escape or a repeated key, or a field stands there twice");
    if (!is_known_method(method_)) return say(405, "there is no such method here");
    if (target_.kind == WebTarget::Kind::report) return note_report();
    return target_.kind == WebTarget::Kind::api ? ask() : serve_file();
}

AdminSession::Next AdminSession::ask() {
    const auto pace = pace_of(method_, target_);
    auto request = to_api_request(parser_.head(), std::move(target_), std::exchange(body_, {}));
    drop_body();
    return hand_over(std::move(request), pace, &AdminSession::take_reply);
}

// To a worker, which always comes back.
AdminSession::Next AdminSession::hand_over(ApiRequest asked, WorkerPool::Pace pace,
                                           void (AdminSession::*take)(ApiReply)) {
    const auto request = std::make_shared<ApiRequest>(std::move(asked));
    auto job = [self = shared_from_this(), request, take]() mutable {
        auto reply = ask_handler(self->core_.handlers, *request, self->peer_.text);
        wipe_secrets(*request);
        auto& context = self->loop_.context();
        auto bring = [self = std::move(self), take, reply = std::move(reply)]() mutable {
            if (self->stage_ == Stage::asking) ((*self).*take)(std::move(reply));
        };
        boost::asio::post(context, std::move(bring));
    };
    enter(Stage::asking, 0);
    if (core_.workers.submit(std::move(job), pace)) return Next::nothing;
    wipe_secrets(*request);
    close_after_ |= parser_.state() != RequestParser::State::complete;
    return busy();
}

AdminSession::Next AdminSession::note_report() {
    if (method_ != "POST") return say(405, "reports are posted");
    core_.reports.add();
    auto job = [&core = core_, body = std::exchange(body_, {})] {
        // Counted down before it is done: one that throws must not take a place for ever.
        --core.reports_waiting;
        core.handlers.report(body);
    };
    // One less is no harm: anybody may send them, and who signs in is not to wait behind them.
    if (++core_.reports_waiting > most_reports ||
        !core_.workers.submit(std::move(job), WorkerPool::Pace::quick))
        --core_.reports_waiting;
    return answer({204, "text/plain", 0}, {});
}

}  // namespace provost
