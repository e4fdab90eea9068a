#include "sip/message.h"

#include "domain/text.h"
#include "domain/token_scanner.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace provost {

namespace {

// RFC 3261 section 7.3.3 and RFC 6665.
constexpr std::array<std::pair<char, std::string_view>, 11> compact_names = {{{'v', "Via"},
                                                                              {'f', "From"},
                                                                              {'t', "To"},
                                                                              {'i', "Call-ID"},
                                                                              {'m', "Contact"},
                                                                              {'l', "Content-Length"},
                                                                              {'c', "Content-Type"},
                                                                              {'e', "Content-Encoding"},
                                                                              {'k', "Supported"},
                                                                              {'s', "Subject"},
                                                                              {'o', "Event"}}};

std::string whole_name(std::string_view name) {
    if (name.size() == 1)
        for (const auto& [letter, full] : compact_names)
            if (ascii_lower(name.front()) == letter) return std::string(full);
    return std::string(name);
}

bool is_field_text(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= ' ' && byte != 0x7f);
    });
}

// "SIP/2.0 200 OK"
bool read_status_line(std::string_view line, SipResponse& response) {
    constexpr std::string_view version = "SIP/2.0 ";
    if (!line.starts_with(version)) return false;
    line.remove_prefix(version.size());
    const auto code = line.substr(0, 3);
    const auto read = std::from_chars(code.data(), code.data() + code.size(), response.status);
    if (code.size() != 3 || read.ec != std::errc() || read.ptr != code.data() + 3 || response.status < 100 ||
        response.status > 699)
        return false;
    line.remove_prefix(3);
    if (!line.empty() && line.front() != ' ') return false;
    response.reason = line.empty() ? "" : std::string(line.substr(1));
    return is_field_text(response.reason);
}

bool read_header_line(std::string_view line, std::vector<SipHeader>& headers) {
    if (line.front() == ' ' || line.front() == '\t') {  // goes on with the line before
        if (headers.empty()) return false;
        auto& value = headers.back().value;
        const auto more = trim(line);
        if (!value.empty() && !more.empty()) value += ' ';
        value += more;
        return is_field_text(line);
    }
    const auto colon = line.find(':');
    if (colon == line.npos || headers.size() == most_sip_headers) return false;
    const auto name = trim(line.substr(0, colon));
    const bool is_name = !name.empty() && std::all_of(name.begin(), name.end(), is_token_character);
    const auto value = trim(line.substr(colon + 1));
    if (!is_name || !is_field_text(value)) return false;
    headers.push_back({whole_name(name), std::string(value)});
    return true;
}

// Lines of a head, the empty one that ends it left out; false where one of them is none.
template <class Take>
bool each_line(std::string_view head, Take take) {
    while (!head.empty()) {
        const auto end = head.find("\r\n");
        if (end == head.npos || end == 0) return false;
        if (!take(head.substr(0, end))) return false;
        head.remove_prefix(end + 2);
    }
    return true;
}

// Of the head with its last line's end, without the empty line.
std::optional<std::string_view> head_of(std::string_view text) {
    const auto end = text.substr(0, longest_sip_head).find("\r\n\r\n");
    if (end == text.npos) return std::nullopt;
    return text.substr(0, end + 2);
}

// nullopt: there are several that differ, or it is no number. -1: there is none.
std::optional<std::int64_t> content_length(const std::vector<SipHeader>& headers) {
    std::int64_t length = -1;
    for (const auto& header : headers) {
        if (!same_word(header.name, "Content-Length")) continue;
        const auto number = whole_number(header.value);
        if (!number || (length != -1 && length != *number)) return std::nullopt;
        length = *number;
    }
    return length;
}

}  // namespace

std::string SipRequest::text() const {
    std::string out = method + " " + uri + " SIP/2.0\r\n";
    for (const auto& header : headers) out += header.name + ": " + header.value + "\r\n";
    return out + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string_view SipResponse::header(std::string_view name) const {
    for (const auto& one : headers)
        if (same_word(one.name, name)) return one.value;
    return {};
}

std::vector<std::string_view> SipResponse::all(std::string_view name) const {
    std::vector<std::string_view> values;
    for (const auto& one : headers)
        if (same_word(one.name, name)) values.emplace_back(one.value);
    return values;
}

std::optional<SipResponse> parse_sip_response(std::string_view whole) {
    if (whole.size() > longest_sip_message) return std::nullopt;
    const auto head = head_of(whole);
    if (!head) return std::nullopt;
    SipResponse response;
    bool first = true;
    const bool read = each_line(*head, [&](std::string_view line) {
        return std::exchange(first, false) ? read_status_line(line, response)
                                           : read_header_line(line, response.headers);
    });
    if (!read) return std::nullopt;
    const auto body = whole.substr(head->size() + 2);
    const auto length = content_length(response.headers);
    if (!length || *length > static_cast<std::int64_t>(body.size())) return std::nullopt;
    response.body = *length < 0 ? body : body.substr(0, static_cast<std::size_t>(*length));
    return response;
}

std::optional<std::size_t> sip_message_size(std::string_view stream) {
    const auto head = head_of(stream);
    if (!head) {
        if (stream.size() >= longest_sip_head) return std::nullopt;
        return 0;
    }
    std::vector<SipHeader> headers;
    bool first = true;
    const bool read = each_line(*head, [&](std::string_view line) {
        return std::exchange(first, false) || read_header_line(line, headers);
    });
    const auto length = read ? content_length(headers) : std::nullopt;
    if (!length || *length > static_cast<std::int64_t>(longest_sip_message)) return std::nullopt;
    const auto size = head->size() + 2 + static_cast<std::size_t>(std::max<std::int64_t>(*length, 0));
    if (size > longest_sip_message) return std::nullopt;
    return size <= stream.size() ? size : 0;
}

std::string_view sip_parameter(std::string_view value, std::string_view name) {
    if (const auto close = value.find('>'); close != value.npos) value.remove_prefix(close + 1);
    while (true) {
        const auto semicolon = value.find(';');
        if (semicolon == value.npos) return {};
        value.remove_prefix(semicolon + 1);
        const auto one = trim(value.substr(0, value.find_first_of(";,")));
        const auto equals = one.find('=');
        if (same_word(trim(one.substr(0, equals)), name))
            return equals == one.npos ? std::string_view() : trim(one.substr(equals + 1));
    }
}

}  // namespace provost
