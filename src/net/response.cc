#include "net/response.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::string_view refusal_body = "Forbidden\n";
// A door's name is good for TLS alone, also to a browser that strays there (RFC 6797; ASVS 3.4.1).
constexpr std::string_view transport_security = "Strict-Transport-Security: max-age=31536000\r\n";

std::string make_refusal(bool to_head) {
    OutputBuffer out;
    append_head(out, {403, "text/plain", refusal_body.size(), false}, std::span<const std::string>());
    if (!to_head) out.append(refusal_body);
    return std::string(out.view());
}

void append_field(OutputBuffer& out, std::string_view name, std::string_view value) {
    if (!is_one_line(name) || !is_one_line(value)) return;
    out.append(name);
    out.append(": ");
    out.append(value);
    out.append("\r\n");
}

}  // namespace

bool is_one_line(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return static_cast<unsigned char>(c) >= ' ' && c != '\x7f'; });
}

std::string_view reason_phrase(int status) {
    switch (status) {
        case 200:
            return "OK";
        case 201:
            return "Created";
        case 202:
            return "Accepted";
        case 204:
            return "No Content";
        case 304:
            return "Not Modified";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 403:
            return "Forbidden";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 409:
            return "Conflict";
        case 412:
            return "Precondition Failed";
        case 413:
            return "Content Too Large";
        case 421:
            return "Misdirected Request";
        case 422:
            return "Unprocessable Content";
        case 429:
            return "Too Many Requests";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Status";
    }
}

namespace {

void append_fixed(OutputBuffer& out, const ResponseHead& head) {
    out.append("HTTP/1.1 ");
    out.append(std::to_string(head.status));
    out.append(' ');
    out.append(reason_phrase(head.status));
    out.append("\r\nContent-Type: ");
    out.append(head.content_type.empty() ? "application/octet-stream" : head.content_type);
    if (head.content_length) {
        out.append("\r\nContent-Length: ");
        out.append(std::to_string(*head.content_length));
    }
    out.append("\r\nCache-Control: no-store\r\nConnection: ");
    out.append(head.keep_alive ? "keep-alive" : "close");
    out.append("\r\n");
}

}  // namespace

void append_head(OutputBuffer& out, const ResponseHead& head,
                 const std::map<std::string, std::string>& more) {
    append_fixed(out, head);
    for (const auto& [name, value] : more) append_field(out, name, value);
    out.append("\r\n");
}

void append_head(OutputBuffer& out, const ResponseHead& head, std::span<const std::string> challenges) {
    append_fixed(out, head);
    out.append(transport_security);
    for (const auto& challenge : challenges) append_field(out, "WWW-Authenticate", challenge);
    out.append("\r\n");
}

std::string_view refusal(bool to_head) {
    static const std::string whole = make_refusal(false);
    static const std::string head = make_refusal(true);
    return to_head ? head : whole;
}

}  // namespace provost
