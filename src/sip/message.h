// SIP messages as a client has them (RFC 3261 section 7): requests to write, responses to read. What comes
// from outside is read strictly and within bounds.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct SipHeader {
    std::string name, value;
    bool operator==(const SipHeader&) const = default;
};

struct SipRequest {
    std::string method, uri;
    std::vector<SipHeader> headers;  // in their order, without Content-Length
    std::string body;

    [[nodiscard]] std::string text() const;
};

struct SipResponse {
    int status = 0;  // 100 to 699
    std::string reason;
    std::vector<SipHeader> headers;  // compact names are spelled out; values without blanks at their ends
    std::string body;

    // The first of this name; empty if there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
};

inline constexpr std::size_t longest_sip_message = 65'535;
inline constexpr std::size_t longest_sip_head = 16'384;
inline constexpr std::size_t most_sip_headers = 128;

// A whole message: one datagram, or what sip_message_size() cut off a stream. nullopt for anything else than
// a response that follows the grammar, with a body of at least its Content-Length (more of a datagram is cut
// off).
std::optional<SipResponse> parse_sip_response(std::string_view whole);

// How many bytes the message at the front of a stream has. 0: more have to come; nullopt: this is no SIP,
// give the connection up. Blank lines before it (keep-alives, section 7.5) are for the caller to take off
// first.
std::optional<std::size_t> sip_message_size(std::string_view stream);

// The value of a header's parameter, such as `tag` of a To; empty if there is none.
std::string_view sip_parameter(std::string_view header_value, std::string_view name);

}  // namespace provost
