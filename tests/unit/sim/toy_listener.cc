#include "toy_listener.h"

#include <csignal>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <re2/re2.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost::sim::testing {

namespace {

int accept_any(int, X509_STORE_CTX*) {
    return 1;
}  // judged afterwards

std::shared_ptr<SSL_CTX> make_context(const std::filesystem::path& pki) {
    std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
    const bool loaded =
        SSL_CTX_use_certificate_file(context.get(), (pki / "server-ecdsa.pem").c_str(), SSL_FILETYPE_PEM) ==
            1 &&
        SSL_CTX_use_PrivateKey_file(context.get(), (pki / "server-ecdsa.key").c_str(), SSL_FILETYPE_PEM) == 1;
    if (!loaded) throw std::runtime_error("no server certificate");
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, accept_any);
    SSL_CTX_set_num_tickets(context.get(), 0);
    return context;
}

bool write_all(SSL* ssl, std::string_view text) {
    std::size_t written = 0;
    return SSL_write_ex(ssl, text.data(), text.size(), &written) == 1;
}

bool read_request(ToyRequest& request) {
    static const RE2 first("(\\w+) /prov/(\\S*) HTTP/1\\.[01]\r\n(?s:.*)");
    static const RE2 length("Content-Length: (\\d+)\r\n");
    std::string text;
    for (;;) {
        char bytes[4096];
        std::size_t taken = 0;
        if (SSL_read_ex(request.ssl, bytes, sizeof bytes, &taken) != 1) return false;
        text.append(bytes, taken);
        const auto end = text.find("\r\n\r\n");
        if (end == text.npos) continue;
        std::size_t body = 0;
        RE2::PartialMatch(text, length, &body);
        if (text.size() < end + 4 + body) continue;
        request.head = text.substr(0, end + 2);
        request.agent = request.header("User-Agent");
        return RE2::FullMatch(request.head, first, &request.method, &request.path);
    }
}

std::string format(const ToyRequest& request, const ToyReply& reply, int number) {
    std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " x\r\nDate: " + std::to_string(number) +
                       "\r\nContent-Type: text/plain\r\n";
    for (const std::string& header : reply.headers) text += header + "\r\n";
    text += "Content-Length: " + std::to_string(reply.body.size()) + "\r\nConnection: close\r\n\r\n";
    return request.method == "HEAD" ? text : text + reply.body;
}

}  // namespace

std::string ToyRequest::header(std::string_view name) const {
    const std::string start = "\r\n" + std::string(name) + ": ";
    const auto at = head.find(start);
    if (at == head.npos) return {};
    const auto begin = at + start.size();
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

ToyListener::ToyListener(const std::filesystem::path& pki, Handler handler)
    : handler_(std::move(handler)), context_(make_context(pki)) {
    std::signal(SIGPIPE, SIG_IGN);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener_, 1024) != 0)
        throw std::runtime_error("can't listen");
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::jthread([this] { accept_all(); });
}

ToyListener::~ToyListener() {
    stop_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    ::close(listener_);
}

std::string ToyListener::url() const {
    return "https://localhost:" + std::to_string(port_) + "/prov";
}

void ToyListener::accept_all() {
    std::vector<std::jthread> visits;
    while (!stop_) {
        sockaddr_in peer{};
        socklen_t size = sizeof peer;
        const int descriptor = ::accept(listener_, reinterpret_cast<sockaddr*>(&peer), &size);
        if (descriptor < 0) continue;
        ++connections_;
        const timeval patience{.tv_sec = 10, .tv_usec = 0};
        ::setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        visits.emplace_back(&ToyListener::serve, this, descriptor, std::string(::inet_ntoa(peer.sin_addr)));
    }
}

void ToyListener::serve(int descriptor, std::string source) {
    const std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), descriptor);
    ToyRequest request{.source = std::move(source), .ssl = ssl.get()};
    if (SSL_accept(ssl.get()) == 1 && read_request(request)) {
        write_all(ssl.get(), format(request, handler_(request), connections_));
        SSL_shutdown(ssl.get());
    }
    ::shutdown(descriptor, SHUT_WR);
    char rest[1024];
    while (::recv(descriptor, rest, sizeof rest, 0) > 0) continue;
    ::close(descriptor);
}

}  // namespace provost::sim::testing
