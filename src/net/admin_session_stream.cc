#include "net/admin_session.h"

#include <array>
#include <cstdio>
#include <utility>

#include <boost/asio/post.hpp>

// An answer that goes on: events, as they come.

namespace provost {

namespace {

constexpr std::size_t most_unsent_events = 512 * 1024;  // of one watcher who does not read

}  // namespace

// RFC 9112 section 7.1.
// An empty one would be the last.
void AdminSession::append_chunk(std::string_view text) {
    if (text.empty()) return;
    std::array<char, 20> size{};
    const int digits = std::snprintf(size.data(), size.size(), "%zx\r\n", text.size());
    output_.append({size.data(), static_cast<std::size_t>(digits)});
    output_.append(text);
    output_.append("\r\n");
}

AdminSession::Next AdminSession::begin_stream() {
    auto give = [self = weak_from_this(), &context = loop_.context()](std::optional<std::string> text) {
        auto take = [self, text = std::move(text)]() mutable {
            if (const auto session = self.lock()) session->take_events(std::move(text));
        };
        boost::asio::post(context, std::move(take));
    };
    enter(Stage::streaming, 0);
    stream_ = core_.streams.add(std::exchange(follow_, {}), std::move(give));
    if (!stream_) return leave();
    return Next::step;
}

// While events go out nothing is to come in; that the peer leaves shows here.
AdminSession::Next AdminSession::watch() {
    std::size_t got = 0;
    const auto result = tls_.read(loop_.scratch(), got);
    if (result == TlsResult::want_read) return Next::readable;
    if (result != TlsResult::done) return leave();
    discarded_ += got;
    return discarded_ > limits().header_bytes ? leave() : Next::step;
}

void AdminSession::take_events(std::optional<std::string> text) {
    if (stage_ != Stage::streaming) return;
    const bool chunked = parser_.head().http_1_1;
    if (text && chunked)
        append_chunk(*text);
    else if (text)
        output_.append(*text);
    else if (chunked)
        output_.append("0\r\n\r\n");
    if (!text) stream_.reset();
    if (output_.size() > most_unsent_events) return end();
    if (!pushing_) push_events();
}

// The loop waits for the socket to be readable all the while, so writing has a wait of its own.
void AdminSession::push_events() {
    pushing_ = false;
    while (written_ < output_.size()) {
        std::size_t count = 0;
        const auto result = tls_.write(output_.view().substr(written_), count);
        if (result == TlsResult::want_write) {
            pushing_ = true;
            deadline_ = loop_.now() + std::chrono::seconds(limits().write_seconds);
            auto resume = [self = shared_from_this()](const boost::system::error_code& error) {
                if (!error && self->stage_ == Stage::streaming) self->push_events();
            };
            socket_.async_wait(AdminLoop::Socket::wait_write, std::move(resume));
            return;
        }
        if (result != TlsResult::done) return end();
        written_ += count;
    }
    output_.clear();
    written_ = 0;
    if (!stream_) (void)say_goodbye();  // the wait for reading goes on in the next stage
}

}  // namespace provost
