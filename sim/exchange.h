// One HTTPS connection of a phone, without waiting: ask it to advance whenever its descriptor is ready.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "crypto/certificate_authority.h"
#include "sim/phone_memory.h"
#include "sim/plan.h"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <openssl/types.h>
#include <sys/socket.h>

namespace provost::sim {

// Where the server is. The path of a request is appended to `prefix`, which begins and ends with '/'.
struct Target {
    sockaddr_storage address{};
    socklen_t address_size = 0;
    std::string host;       // as in the URL; the server's certificate must carry it
    std::string authority;  // host and port, for the Host header
    std::string prefix = "/";
    bool loopback = false;  // every address of the host is 127.0.0.0/8 or ::1
};
// "https://host[:port]/[prefix/]". P-9003: not such a URL, or the host has no address.
Result<Target> parse_target(const std::string& url);

// P-9003 for another machine than this one: the simulator's faults would be an attack on it.
Status check_target(const Target& target, const std::string& url);

// The address that one phone was given: a folder, or a folder and the one file to ask for.
struct Address {
    Target target;
    std::string file;            // empty: what the phone asks for by itself
    std::optional<Login> login;  // that stood before the host, "user:password@"
};
// P-9003, also for another machine than this one.
Result<Address> parse_address(const std::string& url);

// What a phone shows in the handshake. No leaf: nothing.
struct Identity {
    Certificate leaf;
    std::vector<Certificate> chain;
    PrivateKey key;
};

// The phones' TLS client: verifies the server against `authority`, no session is ever resumed.
class TlsClient {
 public:
    static Result<TlsClient> make(const std::filesystem::path& authority);  // P-9005
    [[nodiscard]] SSL_CTX* context() const { return context_.get(); }

 private:
    explicit TlsClient(std::shared_ptr<SSL_CTX> context) : context_(std::move(context)) {}
    std::shared_ptr<SSL_CTX> context_;
};

struct Request {
    std::string method, path;
    std::string agent;  // empty: no User-Agent
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers = {};  // further ones
    bool close = true;                                              // last on its connection
};

struct Answer {
    int status = 0;       // 0: none
    std::string headers;  // as sent, names lower case, without Date
    OutputBuffer body;
    bool whole = false;      // the body is complete
    bool connected = false;  // the server was there
    bool secured = false;    // the handshake succeeded
    std::string failure;     // why there is no whole answer; empty if there is
};

class Exchange {
 public:
    using Clock = std::chrono::steady_clock;
    struct Setup {
        const TlsClient* tls = nullptr;
        const Target* target = nullptr;
        const Identity* identity = nullptr;
        Manner manner = {};
        std::string source = {};            // address to come from; empty: as the system chooses
        std::chrono::seconds deadline{30};  // for connection and each request
    };
    // All pointers must outlive it.
    explicit Exchange(Setup setup);
    ~Exchange();
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    // Begins a request, the first of which opens the connection. Only when idle.
    void begin(const Request& request, Clock::time_point now);
    // Does what can be done without waiting. True once the answer is there (also a failed one).
    bool advance(Clock::time_point now);
    Answer take_answer();

    [[nodiscard]] bool reusable() const { return phase_ == Phase::idle; }
    [[nodiscard]] int descriptor() const { return descriptor_; }
    [[nodiscard]] short wanted() const { return wanted_; }                // POLLIN, POLLOUT or 0 (a pause)
    [[nodiscard]] Clock::time_point wake_at() const { return wake_at_; }  // advance() then, ready or not

 private:
    enum class Phase : std::uint8_t { closed, connecting, shaking, sending, reading, draining, idle };
    using Step = bool (Exchange::*)(Clock::time_point);

    bool open(Clock::time_point now);
    bool finish_connect(Clock::time_point now);
    bool shake(Clock::time_point now);
    bool send(Clock::time_point now);
    bool read(Clock::time_point now);
    bool drain(Clock::time_point now);
    void start_tls();
    void body_complete(Clock::time_point now);
    bool must_wait(int result);
    void fail_with(std::string why);
    void close(bool reset);

    Setup setup_;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
    int descriptor_ = -1;
    Phase phase_ = Phase::closed;
    short wanted_ = 0;
    Clock::time_point deadline_{}, wake_at_{};
    OutputBuffer outgoing_;
    std::size_t sent_ = 0;
    bool close_after_ = true, head_only_ = false;
    std::unique_ptr<class AnswerReader> reader_;
    Answer answer_;
};

// Makes one request and waits for the answer: for tests and tools that make few.
Answer perform(Exchange& exchange, const Request& request);

}  // namespace provost::sim
