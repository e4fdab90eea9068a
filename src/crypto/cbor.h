// Reads what authenticators send in CBOR (RFC 8949), in the canonical form that CTAP2 asks of them: definite
// lengths, shortest integers, no tags, no floating point, four levels at most. All else is refused.
#pragma once

#include "base/bytes.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace provost {

// Takes one value after the other. Once something was refused every answer is nullopt.
class CborReader {
 public:
    static constexpr int deepest = 4;
    static constexpr std::uint64_t most_members = 64;  // of a map or list

    explicit CborReader(ByteView bytes) : rest_(bytes) {}

    std::optional<std::int64_t> integer();  // of either sign
    std::optional<ByteView> bytes();
    std::optional<std::string_view> text();
    std::optional<std::uint64_t> map();  // how many pairs follow
    bool skip();                         // a value of any kind

    [[nodiscard]] ByteView rest() const { return rest_; }
    [[nodiscard]] bool ended() const { return good_ && rest_.empty(); }

 private:
    enum class Major : std::uint8_t { positive, negative, bytes, text, list, map, tag, simple };
    struct Head {
        Major major = Major::positive;
        std::uint64_t value = 0;
    };
    std::optional<Head> head();
    std::optional<ByteView> take(std::uint64_t size);
    std::optional<ByteView> string(Major major);
    bool skip(int levels);
    bool skip_members(const Head& head, int levels);

    ByteView rest_;
    bool good_ = true;
};

}  // namespace provost
