// Checks and small helpers on text that people or strangers sent.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace provost {

bool is_valid_utf8(std::string_view text);  // RFC 3629: no overlong forms, no surrogates
bool is_clean_text(
    std::string_view text);                // valid UTF-8 without C0, DEL, C1, bidi controls and noncharacters
bool is_host(std::string_view text);       // RFC 1123 host name, IPv4, or IPv6 with or without []
bool is_https_url(std::string_view text);  // https://host[:port]/path..., printable ASCII, no user part
bool is_user_part(std::string_view text);  // letters, digits and - _ . + * # ~, not empty
bool is_slug(std::string_view text);       // [a-z0-9-]{1,32}, no '-' at either end

std::string_view trim(std::string_view text);  // ASCII blanks at both ends

// For messages and logs: control characters, backslash and non-ASCII as \xNN, at most `limit` bytes of input.
std::string printable(std::string_view text, std::size_t limit);

// A JSON text with its quotes (RFC 8259 section 7). Bytes that are no UTF-8 can't stand in JSON: a text with
// some is escaped as a whole.
std::string json_text(std::string_view text);

// RFC 3986 percent-encoding of everything but unreserved characters and '/'.
std::string percent_encode(std::string_view text);
// nullopt for a broken escape or an escaped NUL. '+' is a blank in a query and itself in a path.
std::optional<std::string> percent_decode(std::string_view text, bool in_query);

// Digits and nothing else; nullopt for anything more than 63 bits.
std::optional<std::int64_t> whole_number(std::string_view text);

// The candidate nearest in spelling (at most a third of its letters differ), for "did you mean".
std::optional<std::string_view> nearest(std::string_view text, std::span<const std::string_view> candidates);

}  // namespace provost
