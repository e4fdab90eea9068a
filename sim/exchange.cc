#include "sim/exchange.h"

#include "crypto/openssl.h"
#include "sim/answer_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <unistd.h>

namespace provost::sim {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t bite = 256;  // of a slow reader, every `bite_pause`
constexpr auto bite_pause = 100ms;
constexpr auto drain_time = 1s;  // for the server's end of the connection after a whole answer

std::string system_reason(int error) {
    return std::strerror(error);
}

// OpenSSL is silent about what the system or the other side did.
std::string connection_reason() {
    const int system = errno;
    if (ERR_peek_last_error() != 0) return openssl_reason();
    return system == 0 ? "the server closed the connection" : system_reason(system);
}

bool is_address(const std::string& host) {
    std::array<std::uint8_t, 16> bytes{};
    return inet_pton(AF_INET, host.c_str(), bytes.data()) == 1 ||
           inet_pton(AF_INET6, host.c_str(), bytes.data()) == 1;
}

void write_header(std::string_view name, std::string_view value, OutputBuffer& out) {
    for (const std::string_view part : {name, std::string_view(": "), value, std::string_view("\r\n")})
        out.append(part);
}

void write_request(const Request& request, const Target& target, const Manner& manner, OutputBuffer& out) {
    out.clear();
    for (const std::string_view part :
         {std::string_view(request.method), std::string_view(" "), std::string_view(target.prefix),
          std::string_view(request.path), std::string_view(manner.http10 ? " HTTP/1.0" : " HTTP/1.1"),
          std::string_view("\r\nHost: "), std::string_view(target.authority), std::string_view("\r\n")})
        out.append(part);
    if (!request.agent.empty()) write_header("User-Agent", request.agent, out);
    write_header("Accept", "*/*", out);
    for (const auto& [name, value] : request.headers) write_header(name, value, out);
    if (!request.body.empty()) {
        out.append("Content-Type: text/plain\r\nContent-Length: ");
        out.append(std::to_string(request.body.size()));
        out.append("\r\n");
    }
    if (!manner.http10) out.append(request.close ? "Connection: close\r\n" : "Connection: keep-alive\r\n");
    out.append("\r\n");
    out.append(request.body);
}

void show(SSL* ssl, const Identity& identity) {
    if (identity.leaf == nullptr) return;
    SSL_use_certificate(ssl, identity.leaf.get());
    SSL_use_PrivateKey(ssl, identity.key.get());
    for (const Certificate& issuer : identity.chain) SSL_add1_chain_cert(ssl, issuer.get());
}

void expect_server(SSL* ssl, const std::string& host) {
    if (is_address(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
        return;
    }
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
             const_cast<char*>(host.c_str()));  // the macro for it casts like C
    SSL_set1_host(ssl, host.c_str());
}

void apply_manner(SSL* ssl, const Manner& manner) {
    if (!manner.tls10) return;
    SSL_set_security_level(ssl, 0);
    SSL_set_min_proto_version(ssl, TLS1_VERSION);
    SSL_set_max_proto_version(ssl, TLS1_VERSION);
}

bool bind_source(int descriptor, const std::string& source) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (inet_pton(AF_INET, source.c_str(), &address.sin_addr) != 1) return false;
    const int late = 1;  // the port is chosen at connect: as many connections as pairs of addresses allow
    setsockopt(descriptor, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &late, sizeof late);
    return bind(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

}  // namespace

Result<TlsClient> TlsClient::make(const std::filesystem::path& authority) {
    const std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_client_method()), SSL_CTX_free);
    if (context == nullptr || SSL_CTX_load_verify_file(context.get(), authority.c_str()) != 1) {
        Error error = openssl_failure("P-9005", "can't read the CA that signed the server's certificate");
        error.where = authority.string();
        return fail(std::move(error));
    }
    std::signal(SIGPIPE, SIG_IGN);  // a server that resets a connection must not end the program
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER |
                                        SSL_MODE_RELEASE_BUFFERS);
    return TlsClient(context);
}

Exchange::Exchange(Setup setup) : setup_(std::move(setup)), ssl_(nullptr, SSL_free) {}

Exchange::~Exchange() {
    close(false);
}

void Exchange::begin(const Request& request, Clock::time_point now) {
    write_request(request, *setup_.target, setup_.manner, outgoing_);
    sent_ = 0;
    close_after_ = request.close;
    head_only_ = request.method == "HEAD";
    answer_ = {};
    answer_.connected = answer_.secured = phase_ == Phase::idle;
    reader_ = std::make_unique<AnswerReader>(head_only_);
    deadline_ = wake_at_ = now + setup_.deadline;
    wanted_ = POLLOUT;
    if (phase_ == Phase::idle)
        phase_ = Phase::sending;
    else
        open(now);
}

bool Exchange::advance(Clock::time_point now) {
    if (phase_ != Phase::idle && phase_ != Phase::closed && now >= deadline_) {
        if (phase_ == Phase::draining)
            close(false);
        else
            fail_with("no answer within the deadline");
    }
    bool more = true;
    while (more) {
        switch (phase_) {
            case Phase::connecting:
                more = finish_connect(now);
                break;
            case Phase::shaking:
                more = shake(now);
                break;
            case Phase::sending:
                more = send(now);
                break;
            case Phase::reading:
                more = read(now);
                break;
            case Phase::draining:
                more = drain(now);
                break;
            case Phase::idle:
            case Phase::closed:
                return true;
        }
    }
    return phase_ == Phase::idle || phase_ == Phase::closed;
}

Answer Exchange::take_answer() {
    return std::move(answer_);
}

bool Exchange::open(Clock::time_point) {
    descriptor_ = socket(setup_.target->address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) {
        fail_with(system_reason(errno));
        return false;
    }
    const int small = setup_.manner.slow || setup_.manner.cut ? 2048 : 0;
    if (small != 0) setsockopt(descriptor_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    const int on = 1;
    setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (!setup_.source.empty() && !bind_source(descriptor_, setup_.source)) {
        fail_with("can't come from " + setup_.source + ": " + system_reason(errno));
        return false;
    }
    const auto* const address = reinterpret_cast<const sockaddr*>(&setup_.target->address);
    if (connect(descriptor_, address, setup_.target->address_size) != 0 && errno != EINPROGRESS) {
        fail_with(system_reason(errno));
        return false;
    }
    phase_ = Phase::connecting;
    return true;
}

bool Exchange::finish_connect(Clock::time_point) {
    pollfd ready{.fd = descriptor_, .events = POLLOUT, .revents = 0};
    if (poll(&ready, 1, 0) == 0) return false;
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        fail_with(system_reason(error));
        return false;
    }
    answer_.connected = true;
    start_tls();
    return phase_ == Phase::shaking;
}

void Exchange::start_tls() {
    ERR_clear_error();
    ssl_.reset(SSL_new(setup_.tls->context()));
    if (ssl_ == nullptr || SSL_set_fd(ssl_.get(), descriptor_) != 1) return fail_with(openssl_reason());
    SSL_set_connect_state(ssl_.get());
    expect_server(ssl_.get(), setup_.target->host);
    show(ssl_.get(), *setup_.identity);
    apply_manner(ssl_.get(), setup_.manner);
    phase_ = Phase::shaking;
}

bool Exchange::shake(Clock::time_point) {
    ERR_clear_error();
    errno = 0;
    const int result = SSL_do_handshake(ssl_.get());
    if (result == 1) {
        answer_.secured = true;
        phase_ = Phase::sending;
        return true;
    }
    if (must_wait(result)) return false;
    fail_with("handshake: " + connection_reason());
    return false;
}

bool Exchange::send(Clock::time_point) {
    ERR_clear_error();
    errno = 0;
    while (sent_ < outgoing_.size()) {
        const std::string_view rest = outgoing_.view().substr(sent_);
        std::size_t written = 0;
        const int result = SSL_write_ex(ssl_.get(), rest.data(), rest.size(), &written);
        if (result != 1) {
            if (!must_wait(result)) fail_with("sending: " + connection_reason());
            return false;
        }
        sent_ += written;
    }
    wanted_ = POLLIN;
    phase_ = Phase::reading;
    return true;
}

bool Exchange::read(Clock::time_point now) {
    ERR_clear_error();
    errno = 0;
    std::array<char, 16 * 1024> bytes;
    const bool gently = setup_.manner.slow || setup_.manner.cut;
    std::size_t taken = 0;
    const int result = SSL_read_ex(ssl_.get(), bytes.data(), gently ? bite : bytes.size(), &taken);
    if (result != 1) {
        if (must_wait(result)) return false;
        if (SSL_get_error(ssl_.get(), result) == SSL_ERROR_ZERO_RETURN) reader_->end();
        if (reader_->whole())
            body_complete(now);
        else
            fail_with(reader_->fault().empty() ? "reading: " + connection_reason() : reader_->fault());
        return phase_ == Phase::draining;
    }
    reader_->take({bytes.data(), taken});
    wipe(bytes.data(), taken);
    if (!reader_->fault().empty())
        fail_with(reader_->fault());
    else if (setup_.manner.cut && reader_->body_size() > 0 && !reader_->whole()) {
        close(true);
        fail_with("cut on purpose");
    } else if (reader_->whole())
        body_complete(now);
    else if (setup_.manner.slow) {
        wanted_ = 0;
        wake_at_ = now + bite_pause;
        return false;
    }
    return phase_ == Phase::reading || phase_ == Phase::draining;
}

void Exchange::body_complete(Clock::time_point now) {
    answer_.status = reader_->status();
    answer_.headers = reader_->take_headers();
    answer_.body = reader_->take_body();
    answer_.whole = true;
    if (!close_after_ && !reader_->server_closes()) {
        phase_ = Phase::idle;
        return;
    }
    // The server ends the connection, so that the time of waiting for stray segments is its, not our port's.
    SSL_shutdown(ssl_.get());
    phase_ = Phase::draining;
    wanted_ = POLLIN;
    deadline_ = wake_at_ = now + drain_time;
}

bool Exchange::drain(Clock::time_point) {
    std::array<char, 1024> bytes;
    const auto got = recv(descriptor_, bytes.data(), bytes.size(), 0);
    if (got > 0) return true;
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    close(false);
    return false;
}

bool Exchange::must_wait(int result) {
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            wanted_ = POLLIN;
            break;
        case SSL_ERROR_WANT_WRITE:
            wanted_ = POLLOUT;
            break;
        default:
            return false;
    }
    wake_at_ = deadline_;
    return true;
}

void Exchange::fail_with(std::string why) {
    if (reader_ != nullptr) answer_.status = reader_->status();
    answer_.failure = why.empty() ? "the connection ended" : std::move(why);
    close(false);
}

void Exchange::close(bool reset) {
    const linger at_once{.l_onoff = 1, .l_linger = 0};
    if (reset) setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ssl_.reset();
    if (descriptor_ >= 0) ::close(descriptor_);
    descriptor_ = -1;
    phase_ = Phase::closed;
    wanted_ = 0;
}

Answer perform(Exchange& exchange, const Request& request) {
    exchange.begin(request, Exchange::Clock::now());
    while (!exchange.advance(Exchange::Clock::now())) {
        pollfd ready{.fd = exchange.descriptor(), .events = exchange.wanted(), .revents = 0};
        const auto left = std::max(exchange.wake_at() - Exchange::Clock::now(), Exchange::Clock::duration(0));
        poll(&ready, 1, static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count()));
    }
    return exchange.take_answer();
}

}  // namespace provost::sim
