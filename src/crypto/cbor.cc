#include "crypto/cbor.h"

#include <limits>

namespace provost {

std::optional<ByteView> CborReader::take(std::uint64_t size) {
    good_ = good_ && size <= rest_.size();
    if (!good_) return std::nullopt;
    const auto taken = rest_.first(static_cast<std::size_t>(size));
    rest_ = rest_.subspan(static_cast<std::size_t>(size));
    return taken;
}

// The first byte's low five bits are the value, or say in how many bytes it follows.
std::optional<CborReader::Head> CborReader::head() {
    const auto first = take(1);
    if (!first) return std::nullopt;
    Head head{static_cast<Major>((*first)[0] >> 5), (*first)[0] & 0x1fU};
    if (head.value < 24) return head;
    if (head.value > 27) {
        good_ = false;  // reserved, or of no definite length
        return std::nullopt;
    }
    const auto width = std::uint64_t{1} << (head.value - 24);
    const auto bytes = take(width);
    if (!bytes) return std::nullopt;
    head.value = 0;
    for (const auto byte : *bytes) head.value = head.value << 8 | byte;
    const std::uint64_t least = width == 1 ? 24 : std::uint64_t{1} << (4 * width);
    good_ = head.value >= least && head.major != Major::simple;
    return good_ ? std::optional(head) : std::nullopt;
}

std::optional<std::int64_t> CborReader::integer() {
    const auto got = head();
    good_ = good_ && (got->major == Major::positive || got->major == Major::negative) &&
            got->value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
    if (!good_) return std::nullopt;
    const auto value = static_cast<std::int64_t>(got->value);
    return got->major == Major::positive ? value : -1 - value;
}

std::optional<ByteView> CborReader::string(Major major) {
    const auto got = head();
    good_ = good_ && got->major == major;
    return good_ ? take(got->value) : std::nullopt;
}

std::optional<ByteView> CborReader::bytes() {
    return string(Major::bytes);
}

std::optional<std::string_view> CborReader::text() {
    const auto got = string(Major::text);
    return got ? std::optional(as_text(*got)) : std::nullopt;
}

std::optional<std::uint64_t> CborReader::map() {
    const auto got = head();
    good_ = good_ && got->major == Major::map && got->value <= most_members;
    return good_ ? std::optional(got->value) : std::nullopt;
}

bool CborReader::skip() {
    return skip(deepest);
}

bool CborReader::skip_members(const Head& head, int levels) {
    good_ = levels > 0 && head.value <= most_members;
    const auto count = head.major == Major::map ? 2 * head.value : head.value;
    for (std::uint64_t i = 0; good_ && i < count; ++i) skip(levels - 1);
    return good_;
}

bool CborReader::skip(int levels) {
    const auto got = head();
    if (!got) return false;
    switch (got->major) {
        case Major::positive:
        case Major::negative:
            return true;
        case Major::bytes:
        case Major::text:
            return take(got->value).has_value();
        case Major::list:
        case Major::map:
            return skip_members(*got, levels);
        case Major::simple:
            good_ = got->value >= 20 && got->value <= 22;  // false, true, null
            return good_;
        case Major::tag:
            break;
    }
    good_ = false;
    return false;
}

}  // namespace provost
