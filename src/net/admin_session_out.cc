#include "crypto/base_text.h"
#include "crypto/random.h"
#include "net/admin_session.h"
#include "net/door_problem.h"
#include "net/loop_pace.h"

#include <algorithm>
#include <array>
#include <map>

#include <sys/socket.h>

// The second half of a session's way: from the answer to the end of the connection.

namespace provost {

namespace {

constexpr std::size_t slowest_bytes_a_second = 16 * 1024;  // that a large answer may go at
constexpr std::uint64_t most_discarded = 1U << 20U;
constexpr auto plain_text = "text/plain; charset=utf-8";

std::string fresh_nonce() {
    std::array<std::uint8_t, 18> bytes{};  // no padding in base64
    random_bytes(bytes);
    return to_base64(bytes);
}

}  // namespace

// Programs ask here too: what is refused is a problem as the interface has them.
AdminSession::Next AdminSession::say(int status, std::string_view text) {
    static const std::map<int, std::string_view> codes = {
        {400, "P-8011"}, {405, "P-8006"}, {413, "P-8010"}, {421, "P-8015"}, {503, "P-8014"}};
    std::map<std::string, std::string> more;
    if (status == 405) more["Allow"] = "GET, HEAD, POST, PUT, PATCH, DELETE";
    if (status == 503) more["Retry-After"] = "1";
    if (const auto code = codes.find(status); code != codes.end()) {
        const auto problem = door_problem(status, code->second, text);
        return answer({status, problem.content_type, problem.body.size()}, problem.body, more);
    }
    const auto body = std::string(text) + "\n";
    return answer({status, plain_text, body.size()}, body, more);
}

AdminSession::Next AdminSession::busy() {
    core_.busy.add();
    return say(503, "too much is being asked for at once; ask again soon");
}

AdminSession::Next AdminSession::answer(WebHead head, std::string_view body,
                                        const std::map<std::string, std::string>& more) {
    drop_body();
    head.keep_alive = !close_after_;
    head.https_for_ever = !localhost_;
    append_web_head(output_, head, more);
    if (!to_head()) output_.append(body);
    after_write_ = Stage::idle;
    enter(Stage::writing, limits().write_seconds);
    return Next::step;
}

AdminSession::Next AdminSession::serve_file() {
    if (method_ != "GET" && method_ != "HEAD") {
        const std::string_view text = "files are read only\n";
        return answer({405, plain_text, text.size()}, text, {{"Allow", "GET, HEAD"}});
    }
    const auto& settings = core_.settings;
    if (target_.path == "/.well-known/security.txt" && !settings.security_contact.empty())
        return answer({200, plain_text, settings.security_contact.size()}, settings.security_contact);
    if (const auto* const file = core_.files.find(target_.path)) {
        const auto chosen = choose_body(*file, parser_.head().field("accept-encoding"));
        WebHead head{200, file->content_type, chosen.bytes.size()};
        head.cache = file->lasting ? cache_for_ever : cache_for_an_hour;
        head.encoding = chosen.encoding;
        head.varies = !file->gzip.empty() || !file->brotli.empty();
        if (!to_head()) tail_ = chosen.bytes;
        return answer(head, {});
    }
    if (!names_page(target_.path)) return say(404, "there is nothing here");
    if (!core_.files.has_page()) return say(200, settings.web_hint);
    const auto nonce = fresh_nonce();
    const auto page = core_.files.page(nonce);
    WebHead head{200, "text/html; charset=utf-8", page.size()};
    head.nonce = nonce;
    return answer(head, page);
}

void AdminSession::take_reply(ApiReply reply) {
    if (reply.follow && core_.streams.full())
        (void)busy();
    else
        compose(reply);
    turn();
}

// Some replies hold a secret that is told once: none keeps its body.
void AdminSession::compose(ApiReply& reply) {
    const bool streams = reply.follow && !to_head() && reply.status == 200;
    const bool http_1_1 = parser_.head().http_1_1;
    close_after_ |= streams;  // a stream ends with its connection
    WebHead head{reply.status, reply.content_type, std::nullopt, streams && http_1_1, !close_after_};
    if (!streams) head.length = reply.body.size();
    head.https_for_ever = !localhost_;
    output_.reserve(2048 + reply.body.size());
    append_web_head(output_, head, reply.headers);
    if (head.chunked && !reply.body.empty())
        append_chunk(reply.body);
    else if (!to_head() && reply.status != 204)
        output_.append(reply.body);
    after_write_ = streams ? Stage::streaming : Stage::idle;
    if (streams) follow_ = std::move(reply.follow);
    enter(Stage::writing,
          limits().write_seconds + static_cast<int>(reply.body.size() / slowest_bytes_a_second));
    wipe(reply.body.data(), reply.body.size());
    for (auto& field : reply.headers) wipe(field.second.data(), field.second.size());  // a session's cookie
}

AdminSession::Next AdminSession::write() {
    const auto whole = output_.size() + tail_.size();
    while (written_ < whole) {
        const auto left = written_ < output_.size() ? output_.view().substr(written_)
                                                    : tail_.substr(written_ - output_.size());
        std::size_t count = 0;
        const auto result = tls_.write(left, count);
        if (result == TlsResult::want_read || result == TlsResult::want_write) return stopped(result);
        if (result != TlsResult::done) return leave();
        written_ += count;
    }
    output_ = OutputBuffer();
    tail_ = {};
    written_ = 0;
    return after_write();
}

AdminSession::Next AdminSession::after_write() {
    if (after_write_ == Stage::body) {
        enter_body();
        return Next::step;
    }
    if (after_write_ == Stage::streaming) return begin_stream();
    if (close_after_) return say_goodbye();
    parser_.next();
    unseen_input_ = !input_.empty();
    if (unseen_input_)
        enter(Stage::head, limits().header_seconds);
    else
        enter(Stage::idle, limits().idle_seconds);
    return Next::step;
}

// Closing with unread bytes would make the system send a reset, which can destroy the answer at the peer.
AdminSession::Next AdminSession::discard() {
    std::size_t got = 0;
    const auto result = tls_.read(loop_.scratch(), got);
    if (result != TlsResult::done) return stopped(result);
    discarded_ += got;
    return discarded_ > most_discarded ? leave() : Next::step;
}

AdminSession::Next AdminSession::say_goodbye() {
    tls_.send_close();
    ::shutdown(socket_.native_handle(), SHUT_WR);
    enter(Stage::closing, closing_seconds);
    return Next::step;
}

AdminSession::Next AdminSession::stopped(TlsResult why) {
    if (why == TlsResult::want_read) return Next::readable;
    if (why == TlsResult::want_write) return Next::writable;
    if (why == TlsResult::closed && stage_ != Stage::closing) tls_.send_close();
    return leave();
}

AdminSession::Next AdminSession::leave() {
    end();
    return Next::nothing;
}

void AdminSession::end() {
    if (stage_ == Stage::gone) return;
    const auto self = shared_from_this();
    stage_ = Stage::gone;
    drop_body();
    stream_.reset();
    output_ = OutputBuffer();
    wipe(input_.data(), input_.size());
    boost::system::error_code ignored;
    socket_.close(ignored);
    loop_.forget(self_);
}

void AdminSession::sweep() {
    const bool waits = stage_ == Stage::asking || (stage_ == Stage::streaming && !pushing_);
    if (stage_ == Stage::gone || waits || loop_.now() < deadline_) return;
    if (stage_ == Stage::handshake) core_.count(HandshakeFault::timed_out);
    if (stage_ == Stage::idle)
        (void)say_goodbye();  // the wait for reading that it left behind goes on in the next stage
    else
        end();
}

}  // namespace provost
