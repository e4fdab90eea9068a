// Raw bytes, fixed digests, and their hexadecimal spelling.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;
using Sha256 = std::array<std::uint8_t, 32>;

inline ByteView as_bytes(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string to_hex(ByteView bytes);                            // lower case, no separators
std::optional<Bytes> from_hex(std::string_view text);          // either case; ':' between bytes allowed
std::optional<Sha256> sha256_from_hex(std::string_view text);  // exactly 32 bytes

struct Sha256Hash {
    std::size_t operator()(const Sha256& digest) const noexcept {
        std::size_t value = 0;
        for (std::size_t i = 0; i < sizeof value; ++i) value = value << 8 | digest[i];
        return value;
    }
};

}  // namespace provost
