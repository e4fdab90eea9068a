// One connection of a phone: handshake, requests and answers in turn, and how each transfer ended.
#pragma once

#include "net/checkpoint.h"
#include "net/phone_loop.h"
#include "net/request_parser.h"
#include "net/tls_stream.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace provost {

struct Caller {
    PeerAddress peer;
    Checkpoint checkpoint;
};

// Lives on its loop's thread; every member is called there.
class PhoneSession : public std::enable_shared_from_this<PhoneSession> {
 public:
    PhoneSession(PhoneLoop& loop, int socket, Caller caller, SSL_CTX* tls);

    void start(Sessions::iterator self);
    void sweep();      // a deadline may have passed
    void wind_down();  // ends after the answer that is under way
    void cut();        // ends now
    void take_reply(DeviceReply reply);
    void release_refusal();  // it has waited as long as every other
    [[nodiscard]] const PeerAddress& peer() const { return peer_; }

 private:
    enum class Stage : std::uint8_t {
        handshake,
        idle,      // between requests
        head,      // a request's first bytes are here
        body,      // of an upload
        deciding,  // the reply comes from elsewhere
        holding,   // the refusal is composed and waits for its time
        writing,
        parting,   // the reply is out and the peer is expected to close
        closing,   // we have closed our side
        draining,  // the peer has closed, its system still owes acknowledgements
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
    Next decide();
    Next write();
    Next after_write();
    Next discard();
    Next stopped(TlsResult why);
    Next peer_left();
    Next say_goodbye();
    Next refuse();
    Next shed();
    Next end();

    // What the peer's system still owes us.
    enum class SendQueue : std::uint8_t { acknowledged, waiting, reset };

    void wait_for(Next next);
    void enter(Stage stage, int seconds);
    bool compose(const DeviceReply& reply);
    void hold_refusal();
    void settle(Transfer how);
    void note_bytes();
    [[nodiscard]] SteadyTime last_request() const;  // none begins after it
    [[nodiscard]] int idle_seconds() const;         // how long it may wait for the next request
    [[nodiscard]] SendQueue send_queue();
    [[nodiscard]] bool may_upload() const;
    [[nodiscard]] Method method() const;

    PhoneLoop& loop_;
    DoorCore& core_;
    Socket socket_;
    TlsStream tls_;
    PeerAddress peer_;
    Checkpoint checkpoint_;
    Sessions::iterator self_;
    RequestParser parser_;
    std::shared_ptr<const Evidence> evidence_;
    std::string input_;                     // read, but not yet taken by the parser
    std::string body_;                      // of the request, where the door keeps it
    OutputBuffer output_;                   // the answer that is being written
    std::vector<std::int64_t> deliveries_;  // answers with secrets whose end is not known yet
    std::size_t written_ = 0;
    std::uint64_t discarded_ = 0;
    SteadyTime deadline_;
    SteadyTime woken_;  // when the bytes came that led to what it does now
    const SteadyTime started_ = std::chrono::steady_clock::now();
    std::uint64_t noted_bytes_ = 0;
    int requests_ = 0;
    Stage stage_ = Stage::handshake;
    Stage after_write_ = Stage::idle;
    bool unseen_input_ = false;  // input_ holds bytes that the parser has not looked at
    bool close_after_ = false;
    bool in_turn_ = false;
    bool tls_begun_ = false;
};

}  // namespace provost
