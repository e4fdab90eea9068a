#include "domain/text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <vector>

#include <arpa/inet.h>

namespace provost {

namespace {

bool is_alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_unreserved(char c) {
    return is_alnum(c) || c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// Takes one code point off the front; nullopt if the bytes are not UTF-8.
std::optional<std::uint32_t> take_code_point(std::string_view& text) {
    const auto first = static_cast<unsigned char>(text[0]);
    const int size = first < 0x80 ? 1 : first >> 5 == 6 ? 2 : first >> 4 == 14 ? 3 : first >> 3 == 30 ? 4 : 0;
    if (size == 0 || text.size() < static_cast<std::size_t>(size)) return std::nullopt;
    std::uint32_t point = size == 1 ? first : first & (0x7fU >> size);
    for (int i = 1; i < size; ++i) {
        const auto next = static_cast<unsigned char>(text[i]);
        if (next >> 6 != 2) return std::nullopt;
        point = point << 6 | (next & 0x3fU);
    }
    static constexpr std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(size));
    return point;
}

bool is_forbidden(std::uint32_t point) {
    if (point < 0x20 || (point >= 0x7f && point < 0xa0)) return true;
    if (point == 0x200e || point == 0x200f || point == 0xfeff)
        return true;                                      // direction marks, byte order mark
    if (point >= 0x2028 && point <= 0x202e) return true;  // line separators, bidi embedding
    if (point >= 0x2066 && point <= 0x2069) return true;  // bidi isolates
    return (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) == 0xfffe;
}

bool is_host_name(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    std::size_t label = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.') {
            if (label == 0 || text[i - 1] == '-') return false;
            label = 0;
            continue;
        }
        if (!is_alnum(c) && (c != '-' || label == 0)) return false;
        if (++label > 63) return false;
    }
    return label != 0 && text.back() != '-';
}

bool is_ip(std::string_view text) {
    unsigned char address[16];
    const std::string copy(text);
    return inet_pton(AF_INET, copy.c_str(), address) == 1 || inet_pton(AF_INET6, copy.c_str(), address) == 1;
}

bool looks_numeric(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t previous = row[j];
            row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
            diagonal = previous;
        }
    }
    return row.back();
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    while (!text.empty())
        if (!take_code_point(text)) return false;
    return true;
}

bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        const auto point = take_code_point(text);
        if (!point || is_forbidden(*point)) return false;
    }
    return true;
}

bool is_host(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']')
        return text.find(':') != text.npos && is_ip(text.substr(1, text.size() - 2));
    if (text.find(':') != text.npos || looks_numeric(text)) return text.size() < 64 && is_ip(text);
    return is_host_name(text);
}

bool is_https_url(std::string_view text) {
    static constexpr std::string_view scheme = "https://";
    if (!text.starts_with(scheme)) return false;
    for (const char c : text)
        if (c <= 0x20 || c >= 0x7f || c == '#' || c == '"' || c == '<' || c == '>' || c == '\\') return false;
    text.remove_prefix(scheme.size());
    auto authority = text.substr(0, text.find('/'));
    const auto colon = authority.rfind(':');
    if (colon != authority.npos && authority.back() != ']') {
        const auto port = authority.substr(colon + 1);
        if (port.empty() || port.size() > 5 || !looks_numeric(port) || port.find('.') != port.npos)
            return false;
        authority = authority.substr(0, colon);
    }
    return is_host(authority);
}

bool is_user_part(std::string_view text) {
    static constexpr std::string_view marks = "-_.+*#~";
    return !text.empty() && std::all_of(text.begin(), text.end(),
                                        [](char c) { return is_alnum(c) || marks.find(c) != marks.npos; });
}

bool is_slug(std::string_view text) {
    if (text.empty() || text.size() > 32 || text.front() == '-' || text.back() == '-') return false;
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-'; });
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

std::string printable(std::string_view text, std::size_t limit) {
    std::string out;
    for (const char c : text.substr(0, limit)) {
        if (c >= 0x20 && c < 0x7f && c != '\\') {
            out += c;
            continue;
        }
        char hex[8];
        std::snprintf(hex, sizeof hex, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
        out += hex;
    }
    if (text.size() > limit) out += "...";
    return out;
}

std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates) {
    static constexpr std::size_t longest = 64;
    std::optional<std::string_view> best;
    std::size_t least = longest;
    if (text.size() > longest) return std::nullopt;
    for (const auto candidate : candidates) {
        const auto distance = edit_distance(text, candidate);
        if (distance < least && distance <= std::max<std::size_t>(1, candidate.size() / 3)) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

std::string json_text(std::string_view given) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : is_valid_utf8(given) ? std::string(given) : printable(given, given.size())) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            (out += '\\') += c;
        else if (byte < 0x20 || byte == 0x7f)
            ((out += "\\u00") += digits[byte >> 4U]) += digits[byte & 0xFU];
        else
            out += c;
    }
    return out += '"';
}

std::string percent_encode(std::string_view text) {
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c))
            out += c;
        else
            (out += '%').append({digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

std::optional<std::string> percent_decode(std::string_view text, bool in_query) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out += in_query && text[i] == '+' ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        const int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = error == std::errc() && end == text.data() + text.size() && text.front() != '-';
    return whole ? std::optional(number) : std::nullopt;
}

}  // namespace provost
