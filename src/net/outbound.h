// What this server sends to others (SECURITY 1.3.6): only where its configuration says, over TLS that is
// verified or to this very machine. libcurl does the protocols. Every call has a deadline and blocks for so
// long at most.
#pragma once

#include "base/result.h"
#include "base/secret.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct OutboundUrl {
    std::string scheme, host, path;  // host without brackets
    std::uint16_t port = 0;
    bool loopback = false;  // it names this machine itself

    [[nodiscard]] std::string text() const;  // without what might be a secret: no path
};
// P-7020: no URL of one of these schemes, with host and port; one with a user part.
Result<OutboundUrl> parse_outbound_url(const std::string& text, const std::vector<std::string>& schemes);

// Whom to trust, and what to show. PEM; read at the start, so that no file is needed later.
struct OutboundTls {
    std::string authorities;  // empty: the system's
    std::string certificate;  // empty: none is shown
    Secret key;
};

inline constexpr int outbound_seconds = 10;

// P-7021: not reached, not verified, or refused: any answer but 2xx, a redirection among them.
Status post_http(const std::string& url, const OutboundTls& tls, const std::vector<std::string>& headers,
                 const std::string& body);
// The same, and gives what was answered, `most` bytes of it at most.
Result<std::string> ask_http(const std::string& url, const OutboundTls& tls,
                             const std::vector<std::string>& headers, const std::string& body,
                             std::size_t most);
Result<std::string> get_http(const std::string& url, const OutboundTls& tls, std::size_t most);

struct MailRoute {
    std::string url;  // smtp:// or smtps://
    bool must_encrypt = true;
    std::string user;  // empty: no login
    Secret password;
    std::string from;
    std::vector<std::string> to;
};
Status send_mail(const MailRoute& route, const OutboundTls& tls, const std::string& message);

// Connects, writes all, closes. With TLS or without.
Status send_stream(const OutboundUrl& url, bool encrypt, const OutboundTls& tls, std::string_view bytes);
Status send_datagram(const OutboundUrl& url, std::string_view bytes);
Status send_local(const std::string& socket, std::string_view bytes);

}  // namespace provost
