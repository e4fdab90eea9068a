#include "net/web_response.h"

#include "base/ascii.h"
#include "net/response.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

// RFC 6797.
constexpr std::string_view strict_transport =
    "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n";

// Referrer Policy; Fetch; HTML (cross-origin opener and resource policies); Permissions Policy;
// Reporting API.
constexpr std::string_view fixed_lines =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()\r\n"
    "Reporting-Endpoints: csp=\"/csp-report\"\r\n";

// In lower case: what a handler can't set.
constexpr std::array<std::string_view, 14> own_fields{"cache-control",
                                                      "connection",
                                                      "content-encoding",
                                                      "content-length",
                                                      "content-type",
                                                      "cross-origin-opener-policy",
                                                      "cross-origin-resource-policy",
                                                      "permissions-policy",
                                                      "referrer-policy",
                                                      "reporting-endpoints",
                                                      "server",
                                                      "strict-transport-security",
                                                      "transfer-encoding",
                                                      "x-content-type-options"};

constexpr std::string_view policy_field = "content-security-policy";

void append_line(OutputBuffer& out, std::string_view name, std::string_view value) {
    out.append(name);
    out.append(": ");
    out.append(value);
    out.append("\r\n");
}

void append_framing(OutputBuffer& out, const WebHead& head) {
    if (head.length && head.status != 204)  // which has no content, so no length of one
        append_line(out, "Content-Length", std::to_string(*head.length));
    else if (head.chunked)
        append_line(out, "Transfer-Encoding", "chunked");
    append_line(out, "Connection", head.keep_alive ? "keep-alive" : "close");
}

}  // namespace

std::string content_security_policy(std::string_view nonce) {
    std::string policy = "default-src 'none'; script-src 'self'; style-src 'self'";
    if (!nonce.empty()) policy.append(" 'nonce-").append(nonce).append("'");
    return policy +
           "; style-src-attr 'none'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
           "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; report-uri /csp-report; "
           "report-to csp";
}

void append_web_head(OutputBuffer& out, const WebHead& head, const std::map<std::string, std::string>& more) {
    out.append("HTTP/1.1 ");
    out.append(std::to_string(head.status));
    out.append(' ');
    out.append(reason_phrase(head.status));
    out.append("\r\n");
    append_line(out, "Content-Type",
                head.content_type.empty() ? "application/octet-stream" : head.content_type);
    append_framing(out, head);
    append_line(out, "Cache-Control", head.cache);
    if (!head.encoding.empty()) append_line(out, "Content-Encoding", head.encoding);
    if (head.varies) append_line(out, "Vary", "Accept-Encoding");
    if (head.https_for_ever) out.append(strict_transport);
    out.append(fixed_lines);
    bool has_policy = false;
    for (const auto& [name, value] : more) {
        const auto known = lower_case(name);
        if (!is_one_line(name) || !is_one_line(value)) continue;
        if (std::find(own_fields.begin(), own_fields.end(), known) != own_fields.end()) continue;
        has_policy |= known == policy_field;
        append_line(out, name, value);
    }
    if (!has_policy) append_line(out, "Content-Security-Policy", content_security_policy(head.nonce));
    out.append("\r\n");
}

}  // namespace provost
