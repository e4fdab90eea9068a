#include "door_fixture.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>

#include <arpa/inet.h>
#include <openssl/err.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace provost::test {

namespace {

int connect_to(std::uint16_t port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval limit{10, 0};
    ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) return fd;
    ::close(fd);
    return -1;
}

SSL_CTX* context_for(const PhoneKind& kind) {
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, kind.version);
    SSL_CTX_set_max_proto_version(context, kind.version);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), LookAlikes::get().root.own().certificate.get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (!kind.suites.empty()) SSL_CTX_set_cipher_list(context, kind.suites.c_str());
    if (kind.identity != nullptr) {
        SSL_CTX_use_certificate(context, kind.identity->certificate.get());
        SSL_CTX_use_PrivateKey(context, kind.identity->key.get());
        SSL_CTX_add1_chain_cert(context, LookAlikes::get().issuing.own().certificate.get());
    }
    return context;
}

std::size_t content_length(const std::string& head) {
    static constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = head.find(name);
    std::size_t length = 0;
    if (at != std::string::npos)
        std::from_chars(head.data() + at + name.size(), head.data() + head.size(), length);
    return length;
}

}  // namespace

Phone::Phone(std::uint16_t port, PhoneKind kind) : context_(context_for(kind)), socket_(connect_to(port)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL's own socket BIO raises it; the door never does
    ERR_clear_error();
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    connected_ = socket_ >= 0 && SSL_connect(ssl_) == 1;
}

Phone::~Phone() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    if (socket_ >= 0) ::close(socket_);
}

bool Phone::send(std::string_view bytes) {
    ERR_clear_error();
    return connected_ && SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) == int(bytes.size());
}

long Phone::read_some() {
    std::array<char, 16 * 1024> room;
    ERR_clear_error();
    const int got = SSL_read(ssl_, room.data(), static_cast<int>(room.size()));
    if (got > 0) buffer_.append(room.data(), static_cast<std::size_t>(got));
    return got;
}

std::optional<Response> Phone::receive(bool without_body) {
    Response response;
    auto end = std::string::npos;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
        if (read_some() <= 0) return std::nullopt;
    response.head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    std::from_chars(response.head.data() + 9, response.head.data() + 12, response.status);
    const auto length = without_body || response.status == 100 ? 0 : content_length(response.head);
    while (buffer_.size() < length)
        if (read_some() <= 0) return std::nullopt;
    response.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return response;
}

std::optional<Response> Phone::ask(std::string_view request, bool without_body) {
    if (!send(request)) return std::nullopt;
    return receive(without_body);
}

std::string Phone::read_to_end() {
    while (read_some() > 0) continue;
    return std::exchange(buffer_, {});
}

bool Phone::ended() {
    if (!buffer_.empty()) return false;
    const long got = read_some();
    const int error = SSL_get_error(ssl_, static_cast<int>(got));
    const bool timed_out = error == SSL_ERROR_WANT_READ;
    return got <= 0 && !timed_out;
}

void Phone::close_in_order() {
    SSL_shutdown(ssl_);
    ::shutdown(socket_, SHUT_WR);
}

void Phone::finish_without_notify() {
    ::shutdown(socket_, SHUT_WR);
}

void Phone::reset() {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    ::close(std::exchange(socket_, -1));
}

std::string plain_exchange(std::uint16_t port, std::string_view bytes) {
    const int fd = connect_to(port);
    std::string answer(4096, '\0');
    long got = ::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    std::size_t size = 0;
    while (got > 0 && size < answer.size()) {
        got = ::recv(fd, answer.data() + size, answer.size() - size, 0);
        size += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    ::close(fd);
    answer.resize(size);
    return answer;
}

}  // namespace provost::test
