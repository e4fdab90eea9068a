#include "tests/bench/https_line.h"

#include "tests/bench/must.h"

#include <array>
#include <utility>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost {

int dial(int port) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0)
        give_up("nobody listens at port " + std::to_string(port));
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return fd;
}

namespace {

std::size_t length_in(const std::string& head) {
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto at = head.find(name);
    return at == head.npos ? 0 : std::strtoull(head.c_str() + at + name.size(), nullptr, 10);
}

}  // namespace

HttpsClient::HttpsClient(const std::string& authority, const std::string& identity)
    : context_(SSL_CTX_new(TLS_client_method())) {
    auto* const context = context_.get();
    SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (SSL_CTX_load_verify_file(context, authority.c_str()) != 1) give_up("no CA in " + authority);
    if (identity.empty()) return;
    if (SSL_CTX_use_certificate_chain_file(context, identity.c_str()) != 1 ||
        SSL_CTX_use_PrivateKey_file(context, identity.c_str(), SSL_FILETYPE_PEM) != 1)
        give_up("no key and certificate in " + identity);
}

HttpsLine::HttpsLine(const HttpsClient& client, int port) : fd_(dial(port)), ssl_(SSL_new(client.context())) {
    SSL_set1_host(ssl_.get(), "localhost");
    SSL_set_fd(ssl_.get(), fd_);
    if (SSL_connect(ssl_.get()) != 1) give_up("no handshake at port " + std::to_string(port));
}

HttpsLine::HttpsLine(HttpsLine&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), ssl_(std::move(other.ssl_)) {}

HttpsLine::~HttpsLine() {
    if (!ssl_) return;
    SSL_shutdown(ssl_.get());
    ::close(fd_);
}

HttpsReply HttpsLine::ask(const std::string& request) {
    if (SSL_write(ssl_.get(), request.data(), static_cast<int>(request.size())) <= 0)
        give_up("a request can't be sent");
    constexpr std::string_view end_of_head = "\r\n\r\n";
    std::array<char, 16384> room{};
    std::string got;
    std::size_t body = got.npos, whole = 0;
    while (body == got.npos || got.size() < whole) {
        const int count = SSL_read(ssl_.get(), room.data(), room.size());
        if (count <= 0) give_up("an answer broke off after " + std::to_string(got.size()) + " bytes");
        got.append(room.data(), static_cast<std::size_t>(count));
        if (body != got.npos) continue;
        const auto end = got.find(end_of_head);
        if (end == got.npos) continue;
        body = end + end_of_head.size();
        whole = body + length_in(got.substr(0, end));
    }
    constexpr std::string_view version = "HTTP/1.1 ";
    return {std::atoi(got.c_str() + version.size()), got.substr(body)};
}

}  // namespace provost
