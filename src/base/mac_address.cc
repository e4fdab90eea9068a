#include "base/mac_address.h"

#include "base/ascii.h"

#include <array>

namespace provost {

namespace {

std::string spell(std::uint64_t value, const char* digits, char separator) {
    std::string text;
    text.reserve(17);
    for (int shift = 40; shift >= 0; shift -= 8) {
        if (separator != '\0' && shift != 40) text += separator;
        text += digits[value >> (shift + 4) & 15];
        text += digits[value >> shift & 15];
    }
    return text;
}

}  // namespace

std::optional<MacAddress> MacAddress::parse_bare(std::string_view text) {
    if (text.size() != 12) return std::nullopt;
    std::uint64_t value = 0;
    for (const char c : text) {
        const int digit = hex_digit(c);
        if (digit < 0) return std::nullopt;
        value = value << 4 | static_cast<std::uint64_t>(digit);
    }
    return MacAddress(value);
}

std::optional<MacAddress> MacAddress::parse(std::string_view text) {
    if (text.size() == 12) return parse_bare(text);
    const bool dotted = text.size() == 14;
    if (!dotted && text.size() != 17) return std::nullopt;
    const std::size_t group = dotted ? 4 : 2;
    const char separator = dotted ? '.' : text[2];
    if (!dotted && separator != ':' && separator != '-') return std::nullopt;
    std::array<char, 12> digits{};
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % (group + 1) == group) {
            if (text[i] != separator) return std::nullopt;
        } else {
            digits[count++] = text[i];
        }
    }
    return parse_bare({digits.data(), count});
}

std::string MacAddress::lower() const {
    return spell(value_, "0123456789abcdef", '\0');
}
std::string MacAddress::upper() const {
    return spell(value_, "0123456789ABCDEF", '\0');
}
std::string MacAddress::colons() const {
    return spell(value_, "0123456789abcdef", ':');
}

}  // namespace provost
