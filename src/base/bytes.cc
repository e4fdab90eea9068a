#include "base/bytes.h"

#include "base/ascii.h"

#include <algorithm>

namespace provost {

std::string to_hex(ByteView bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const auto byte : bytes) {
        text += digits[byte >> 4];
        text += digits[byte & 15];
    }
    return text;
}

std::optional<Bytes> from_hex(std::string_view text) {
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    while (!text.empty()) {
        if (!bytes.empty() && text.front() == ':') text.remove_prefix(1);
        if (text.size() < 2) return std::nullopt;
        const int high = hex_digit(text[0]);
        const int low = hex_digit(text[1]);
        if (high < 0 || low < 0) return std::nullopt;
        bytes.push_back(static_cast<std::uint8_t>(high << 4 | low));
        text.remove_prefix(2);
    }
    return bytes;
}

std::optional<Sha256> sha256_from_hex(std::string_view text) {
    const auto bytes = from_hex(text);
    Sha256 digest{};
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

}  // namespace provost
