#include "net/outbound.h"

#include "domain/network.h"
#include "domain/text.h"
#include "net/listening_socket.h"
#include "net/outbound_curl.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstring>

#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace provost {

namespace {

using SteadyClock = std::chrono::steady_clock;

struct UrlFree {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};

std::string part_of(CURLU* url, CURLUPart part) {
    char* text = nullptr;
    std::string out;
    if (curl_url_get(url, part, &text, 0) == CURLUE_OK && text != nullptr) out = text;
    curl_free(text);
    return out;
}

bool names_loopback(const std::string& host) {
    if (host == "localhost") return true;
    static const auto loopback = parse_networks("127.0.0.0/8,::1", "").value();
    return contains(loopback, host);
}

Error no_url(const std::string& text, const std::vector<std::string>& schemes) {
    std::string wanted;
    for (const auto& scheme : schemes) wanted += (wanted.empty() ? "" : ", ") + scheme + "://HOST:PORT";
    return {"P-7020", "'" + printable(text, 64) + "' is no place to send to", "", "",
            "Write " + wanted + "."};
}

Error not_sent(const std::string& where, const char* why) {
    return {"P-7021", "the target was not reached", where, why,
            "Check that it runs, its name and the network"};
}

}  // namespace

std::string OutboundUrl::text() const {
    const bool colons = host.find(':') != std::string::npos;
    return scheme + "://" + (colons ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<OutboundUrl> parse_outbound_url(const std::string& text, const std::vector<std::string>& schemes) {
    const std::unique_ptr<CURLU, UrlFree> url(curl_url());
    const auto flags = CURLU_NON_SUPPORT_SCHEME | CURLU_DISALLOW_USER;
    if (!url || !is_clean_text(text) ||
        curl_url_set(url.get(), CURLUPART_URL, text.c_str(), flags) != CURLUE_OK)
        return fail(no_url(text, schemes));
    OutboundUrl found;
    found.scheme = part_of(url.get(), CURLUPART_SCHEME);
    found.host = part_of(url.get(), CURLUPART_HOST);
    found.path = part_of(url.get(), CURLUPART_PATH);
    if (found.host.size() > 2 && found.host.front() == '[')
        found.host = found.host.substr(1, found.host.size() - 2);
    auto port = part_of(url.get(), CURLUPART_PORT);
    if (port.empty()) port = found.scheme == "https" ? "443" : found.scheme == "http" ? "80" : "";
    const auto read = std::from_chars(port.data(), port.data() + port.size(), found.port);
    const bool known = std::find(schemes.begin(), schemes.end(), found.scheme) != schemes.end();
    if (!known || !is_host(found.host) || port.empty() || read.ec != std::errc() || found.port == 0)
        return fail(no_url(text, schemes));
    found.loopback = names_loopback(found.host);
    return found;
}

Status post_http(const std::string& url, const OutboundTls& tls, const std::vector<std::string>& headers,
                 const std::string& body) {
    return ask_http(url, tls, headers, body, 0).map([](const std::string&) {});
}

Result<std::string> ask_http(const std::string& url, const OutboundTls& tls,
                             const std::vector<std::string>& headers, const std::string& body,
                             std::size_t most) {
    CurlCall call(url, tls);
    call.keep_answer(most);
    CurlList list;
    for (const auto& header : headers) list.add(header);
    list.add("Expect:");  // a receiver need not say that it goes on
    call.set(CURLOPT_POST, 1L);
    call.set(CURLOPT_HTTPHEADER, list.get());
    call.set(CURLOPT_POSTFIELDS, body.c_str());
    call.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    return call.perform();
}

Result<std::string> get_http(const std::string& url, const OutboundTls& tls, std::size_t most) {
    CurlCall call(url, tls);
    call.keep_answer(most);
    return call.perform();
}

// libcurl connects and verifies; what is written then is ours.
Status send_stream(const OutboundUrl& url, bool encrypt, const OutboundTls& tls, std::string_view bytes) {
    auto http = url;
    http.scheme = encrypt ? "https" : "http";
    CurlCall call(http.text(), tls);
    call.set(CURLOPT_CONNECT_ONLY, 1L);
    call.set(CURLOPT_FORBID_REUSE, 0L);  // else it closes at once
    call.set(CURLOPT_SSL_ENABLE_ALPN, 0L);
    if (const auto connected = call.perform(); !connected) return fail(connected.error());
    const auto deadline = SteadyClock::now() + std::chrono::seconds(outbound_seconds);
    while (!bytes.empty()) {
        std::size_t sent = 0;
        const auto code = curl_easy_send(call.get(), bytes.data(), bytes.size(), &sent);
        bytes.remove_prefix(std::min(sent, bytes.size()));
        if (code == CURLE_OK) continue;
        if (code != CURLE_AGAIN || SteadyClock::now() > deadline)
            return fail(not_sent(url.text(), curl_easy_strerror(code)));
        curl_socket_t number = CURL_SOCKET_BAD;
        curl_easy_getinfo(call.get(), CURLINFO_ACTIVESOCKET, &number);
        pollfd waits{number, POLLOUT, 0};
        ::poll(&waits, 1, 1000);
    }
    return {};
}

Status send_datagram(const OutboundUrl& url, std::string_view bytes) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_DGRAM;
    addrinfo* found = nullptr;
    if (const int error = ::getaddrinfo(url.host.c_str(), std::to_string(url.port).c_str(), &hints, &found);
        error != 0)
        return fail(not_sent(url.text(), ::gai_strerror(error)));
    bool sent = false;
    int problem = 0;
    for (const auto* one = found; one != nullptr && !sent; one = one->ai_next) {
        const OwnedSocket socket(::socket(one->ai_family, SOCK_DGRAM | SOCK_CLOEXEC, 0));
        sent = socket.get() >= 0 &&
               ::sendto(socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT, one->ai_addr,
                        one->ai_addrlen) == static_cast<ssize_t>(bytes.size());
        problem = errno;
    }
    ::freeaddrinfo(found);
    return sent ? Status() : fail(not_sent(url.text(), std::strerror(problem)));
}

Status send_local(const std::string& path, std::string_view bytes) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path) return fail(not_sent(path, "the path is too long"));
    path.copy(address.sun_path, path.size());
    const OwnedSocket socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    const bool sent =
        socket.get() >= 0 && ::sendto(socket.get(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL,
                                      reinterpret_cast<const sockaddr*>(&address),
                                      sizeof address) == static_cast<ssize_t>(bytes.size());
    return sent ? Status() : fail(not_sent(path, std::strerror(errno)));
}

}  // namespace provost
