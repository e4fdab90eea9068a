// Marks of our own: HMAC-SHA-256 under a key that is drawn with the object and never leaves it.
#pragma once

#include "base/bytes.h"

#include <array>
#include <string_view>

namespace provost {

class KeyedHash {
 public:
    KeyedHash();
    ~KeyedHash();
    KeyedHash(const KeyedHash&) = delete;
    KeyedHash& operator=(const KeyedHash&) = delete;

    [[nodiscard]] Sha256 of(std::string_view text) const;

 private:
    std::array<std::uint8_t, 32> key_{};
};

}  // namespace provost
