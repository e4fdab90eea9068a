// SIP addresses (RFC 3261 section 19.1), as far as a sender of requests needs them.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace provost {

enum class SipTransport : std::uint8_t { udp, tcp, tls };
std::string_view to_text(SipTransport transport);  // "UDP", as a Via has it

struct SipUri {
    bool secure = false;     // sips:
    std::string user;        // as written, escapes and all; empty: none
    std::string host;        // without the brackets of an IPv6 address
    std::uint16_t port = 0;  // 0: none was given
    std::string parameters;  // as written, each with its ';': ";transport=tls;line=x"

    [[nodiscard]] std::string text() const;
    // What the parameter `transport` says, TLS for sips:, else UDP (RFC 3263 section 4.1, without DNS).
    [[nodiscard]] SipTransport transport() const;
    [[nodiscard]] std::uint16_t port_or_default() const;  // 5060, or 5061 with TLS
    bool operator==(const SipUri&) const = default;
};

inline constexpr std::size_t longest_sip_uri = 512;

// A URI alone, or within "Name" <...>. What follows '?' is left out. P-8301.
Result<SipUri> parse_sip_uri(std::string_view text);

// "host:port" with the brackets that an IPv6 address needs; without a port where it is 0.
std::string sip_host_port(std::string_view host, std::uint16_t port);

}  // namespace provost
