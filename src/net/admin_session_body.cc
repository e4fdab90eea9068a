#include "domain/text.h"
#include "net/admin_session.h"
#include "net/response.h"

// The body of a request: how much of it is read, and of whom.

namespace provost {

namespace {

constexpr int import_patience = 4;  // times the time for a body: 64 MiB take long on a home's line
constexpr auto too_large = "more than this resource takes";

}  // namespace

// What is answered without its body ends the connection: the rest of it isn't worth reading.
AdminSession::Next AdminSession::begin_body() {
    const bool takes_one = is_known_method(method_) && method_ != "GET" && method_ != "HEAD";
    body_limit_ = takes_one ? body_limit(target_) : 0;
    const auto length = whole_number(parser_.head().field("content-length"));
    if (body_limit_ == 0 || (length && static_cast<std::uint64_t>(*length) > body_limit_)) {
        close_after_ = true;
        return body_limit_ == 0 ? respond() : say(413, too_large);
    }
    const auto may_exceed = [&](std::size_t bytes) {
        return body_limit_ > bytes && (!length || static_cast<std::uint64_t>(*length) > bytes);
    };
    if (!may_exceed(strangers_body_bytes)) return read_body();
    if (may_exceed(small_body_bytes) && !take_place_for_large_body()) {
        close_after_ = true;
        return busy();
    }
    return ask_before_body();
}

bool AdminSession::take_place_for_large_body() {
    if (core_.large_bodies >= most_large_bodies) return false;
    large_body_ = true;
    ++core_.large_bodies;
    return true;
}

// Of a stranger little is read. What the same resource says to a request without a body tells whether it is
// one.
AdminSession::Next AdminSession::ask_before_body() {
    ApiRequest request;
    request.method = "GET";
    request.path = target_.path;
    request.headers.insert(parser_.head().fields.begin(), parser_.head().fields.end());
    return hand_over(std::move(request), WorkerPool::Pace::quick, &AdminSession::take_permission);
}

void AdminSession::take_permission(ApiReply reply) {
    const bool refused =
        reply.status == 401 || reply.status == 403 || reply.status == 429 || reply.status >= 500;
    if (!refused) {
        if (read_body() == Next::step) turn();
        return;
    }
    close_after_ = true;
    drop_body();
    compose(reply);
    turn();
}

AdminSession::Next AdminSession::read_body() {
    parser_.keep_body(&body_);
    enter_body();
    unseen_input_ = !input_.empty();
    if (!parser_.head().expects_continue || unseen_input_) return Next::step;
    output_.append(go_on);
    after_write_ = Stage::body;
    stage_ = Stage::writing;
    return Next::step;
}

void AdminSession::enter_body() {
    enter(Stage::body, limits().body_seconds * (large_body_ ? import_patience : 1));
}

AdminSession::Next AdminSession::on_body() {
    if (body_.size() > body_limit_) {  // in chunks, it did not say how much would come
        drop_body();
        close_after_ = true;
        return say(413, too_large);
    }
    return parser_.state() == RequestParser::State::complete ? respond() : Next::step;
}

void AdminSession::drop_body() {
    if (large_body_) --core_.large_bodies;
    large_body_ = false;
    wipe(body_.data(), body_.size());
    body_ = std::string();
}

}  // namespace provost
