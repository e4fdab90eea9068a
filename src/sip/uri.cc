#include "sip/uri.h"

#include "domain/text.h"
#include "domain/token_scanner.h"

#include <charconv>

namespace provost {

namespace {

Error no_uri(std::string_view text) {
    return {"P-8301", "'" + printable(text, 64) + "' is no SIP address", "", "",
            "Write such as sip:4711@sip.example.net or sip:192.0.2.7:5060;transport=tcp."};
}

// What stands within the angle brackets, if there are any.
std::string_view inner(std::string_view text) {
    const auto open = text.find('<');
    if (open == text.npos) return text;
    const auto close = text.find('>', open);
    return close == text.npos ? std::string_view() : text.substr(open + 1, close - open - 1);
}

bool take_scheme(std::string_view& text, bool& secure) {
    const auto colon = text.find(':');
    if (colon == text.npos) return false;
    const auto scheme = text.substr(0, colon);
    secure = same_word(scheme, "sips");
    if (!secure && !same_word(scheme, "sip")) return false;
    text.remove_prefix(colon + 1);
    return true;
}

bool read_port(std::string_view text, std::uint16_t& port) {
    const auto read = std::from_chars(text.data(), text.data() + text.size(), port);
    return !text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size() && port != 0;
}

bool read_host_port(std::string_view text, SipUri& uri) {
    std::string_view after;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        if (end == text.npos) return false;
        uri.host = text.substr(1, end - 1);
        after = text.substr(end + 1);
        if (uri.host.find(':') == std::string::npos) return false;
    } else {
        const auto colon = text.find(':');
        uri.host = text.substr(0, colon);
        after = colon == text.npos ? std::string_view() : text.substr(colon);
    }
    if (!is_host(uri.host)) return false;
    return after.empty() || (after.front() == ':' && read_port(after.substr(1), uri.port));
}

bool is_uri_text(std::string_view text) {
    return is_printable_ascii(text) && text.find_first_of(" <>\"\\^`{|}") == text.npos;
}

std::string_view parameter(std::string_view parameters, std::string_view name) {
    while (!parameters.empty()) {
        parameters.remove_prefix(1);  // ';'
        const auto end = std::min(parameters.find(';'), parameters.size());
        const auto one = parameters.substr(0, end);
        const auto equals = one.find('=');
        if (same_word(one.substr(0, equals), name))
            return equals == one.npos ? std::string_view() : one.substr(equals + 1);
        parameters.remove_prefix(end);
    }
    return {};
}

}  // namespace

std::string_view to_text(SipTransport transport) {
    static constexpr std::string_view names[] = {"UDP", "TCP", "TLS"};
    return names[static_cast<std::size_t>(transport)];
}

std::string sip_host_port(std::string_view host, std::uint16_t port) {
    auto text = host.find(':') == host.npos ? std::string(host) : "[" + std::string(host) + "]";
    if (port != 0) text += ":" + std::to_string(port);
    return text;
}

std::string SipUri::text() const {
    return (secure ? "sips:" : "sip:") + (user.empty() ? "" : user + "@") + sip_host_port(host, port) +
           parameters;
}

SipTransport SipUri::transport() const {
    const auto said = parameter(parameters, "transport");
    if (secure || same_word(said, "tls")) return SipTransport::tls;
    return same_word(said, "tcp") ? SipTransport::tcp : SipTransport::udp;
}

std::uint16_t SipUri::port_or_default() const {
    if (port != 0) return port;
    return transport() == SipTransport::tls ? 5061 : 5060;
}

Result<SipUri> parse_sip_uri(std::string_view text) {
    auto rest = inner(trim(text));
    SipUri uri;
    if (rest.size() > longest_sip_uri || !is_uri_text(rest) || !take_scheme(rest, uri.secure))
        return fail(no_uri(text));
    rest = rest.substr(0, rest.find('?'));
    if (const auto at = rest.rfind('@'); at != rest.npos) {
        uri.user = rest.substr(0, at);
        if (uri.user.empty() || uri.user.find('@') != std::string::npos) return fail(no_uri(text));
        rest.remove_prefix(at + 1);
    }
    const auto semicolon = std::min(rest.find(';'), rest.size());
    uri.parameters = rest.substr(semicolon);
    if (!read_host_port(rest.substr(0, semicolon), uri)) return fail(no_uri(text));
    return uri;
}

}  // namespace provost
