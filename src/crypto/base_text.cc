#include "crypto/base_text.h"

#include <array>

#include <sodium.h>

namespace provost {

std::optional<OutputBuffer> from_base64(std::string_view text) {
    std::array<unsigned char, 768> bytes{};
    std::size_t size = 0;
    const char* end = nullptr;
    std::optional<OutputBuffer> out;
    if (text.size() <= bytes.size() / 3 * 4 &&
        sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                          sodium_base64_VARIANT_ORIGINAL) == 0 &&
        end == text.data() + text.size())
        out.emplace().append(as_text({bytes.data(), size}));
    wipe(bytes.data(), bytes.size());
    return out;
}

std::string to_base32(ByteView bytes) {
    static constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz234567";
    std::string text;
    unsigned waiting = 0;
    int bits = 0;
    for (const auto byte : bytes) {
        waiting = (waiting << 8 | byte) & 0xfffU;
        for (bits += 8; bits >= 5; bits -= 5) text += digits[waiting >> (bits - 5) & 31U];
    }
    if (bits > 0) text += digits[waiting << (5 - bits) & 31U];
    return text;
}

std::string to_base64(ByteView bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the NUL behind it
    return text;
}

std::optional<Bytes> from_base64url(std::string_view text, std::size_t most) {
    Bytes bytes(text.size() / 4 * 3 + 2);
    std::size_t size = 0;
    const char* end = nullptr;
    if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &size, &end,
                          sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0 ||
        end != text.data() + text.size() || size > most)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

std::string to_base64url(ByteView bytes) {
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // the NUL behind it
    return text;
}

}  // namespace provost
