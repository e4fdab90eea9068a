// One connection at the admin door: handshake, then requests and answers in turn; an answer may go on as a
// stream of events.
#pragma once

#include "net/admin_loop.h"
#include "net/request_parser.h"
#include "net/tls_stream.h"
#include "net/web_request.h"
#include "net/web_response.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

// Lives on its loop's thread; every member is called there.
class AdminSession : public std::enable_shared_from_this<AdminSession> {
 public:
    AdminSession(AdminLoop& loop, int socket, PeerAddress peer, SSL_CTX* tls);

    void start(AdminLoop::Sessions::iterator self);
    void sweep();                                       // a deadline may have passed
    void take_events(std::optional<std::string> text);  // of the stream; nullopt: it has ended
    void end();
    [[nodiscard]] const PeerAddress& peer() const { return peer_; }

 private:
    enum class Stage : std::uint8_t {
        handshake,
        idle,       // between requests
        head,       // a request's first bytes are here
        body,       // of an upload
        asking,     // a worker has it
        writing,    // the answer
        streaming,  // events, as they come
        closing,    // we have closed our side
        gone
    };
    // What it takes to go on.
    enum class Next : std::uint8_t { step, readable, writable, nothing };

    void turn();
    Next step();
    Next shake_hands();
    Next read_request();
    Next on_progress();
    Next on_head();
    Next begin_body();
    Next ask_before_body();
    bool take_place_for_large_body();
    Next read_body();
    Next on_body();
    Next respond();
    Next ask();
    Next serve_file();
    Next note_report();

    Next say(int status, std::string_view text);
    Next busy();
    Next answer(WebHead head, std::string_view body, const std::map<std::string, std::string>& more = {});
    Next write();
    Next after_write();
    Next begin_stream();
    Next watch();
    Next discard();
    Next say_goodbye();
    Next stopped(TlsResult why);
    Next leave();

    void wait_for(Next next);
    void enter(Stage stage, int seconds);
    Next hand_over(ApiRequest asked, WorkerPool::Pace pace, void (AdminSession::*take)(ApiReply));
    void take_reply(ApiReply reply);
    void take_permission(ApiReply reply);
    void compose(ApiReply& reply);
    void enter_body();
    void drop_body();
    void append_chunk(std::string_view text);
    void push_events();
    [[nodiscard]] bool to_head() const { return method_ == "HEAD"; }
    [[nodiscard]] const DoorLimits& limits() const { return core_.settings.limits; }

    AdminLoop& loop_;
    AdminCore& core_;
    AdminLoop::Socket socket_;
    TlsStream tls_;
    PeerAddress peer_;
    AdminLoop::Sessions::iterator self_;
    RequestParser parser_;
    WebTarget target_;
    std::string method_;
    std::string input_;  // read, but not yet taken by the parser
    std::string body_;   // of the request
    OutputBuffer output_;
    std::string_view tail_;  // follows `output_`: bytes of a file, which outlive the session
    std::size_t written_ = 0, body_limit_ = 0;
    std::uint64_t discarded_ = 0;
    EventStreams::Follow follow_;  // of the answer that is being written
    std::shared_ptr<const void> stream_;
    AdminLoop::SteadyTime deadline_;
    const AdminLoop::SteadyTime started_ = std::chrono::steady_clock::now();
    int requests_ = 0;
    Stage stage_ = Stage::handshake;
    Stage after_write_ = Stage::idle;
    bool unseen_input_ = false;  // input_ holds bytes that the parser has not looked at
    bool close_after_ = false;
    bool localhost_ = false;   // the request went to that name
    bool large_body_ = false;  // it has one of the few places for them
    bool pushing_ = false;     // events wait for the socket
};

}  // namespace provost
