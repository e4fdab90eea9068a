#include "vendor/template_match.h"

#include "base/ascii.h"

#include <algorithm>
#include <span>

namespace provost {

namespace {

using Kind = TemplatePart::Kind;
using Parts = std::span<const TemplatePart>;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_hex(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

struct Extent {
    std::size_t least, most;
    bool (*allowed)(char);
};

Extent extent_of(Kind kind, std::size_t longest) {
    switch (kind) {
        case Kind::index:
        case Kind::position:
            return {1, 3, is_digit};
        case Kind::mac_lower:
        case Kind::mac_upper:
            return {12, 12, is_hex};
        default:
            return {1, longest, nullptr};
    }
}

bool begins(std::string_view text, std::string_view with, bool any_case) {
    if (!any_case) return text.starts_with(with);
    return same_but_for_case(text.substr(0, with.size()), with);
}

// Names have few placeholders, so that trying every length costs little.
bool matches_parts(Parts parts, std::string_view text, bool any_case) {
    if (parts.empty()) return text.empty();
    const auto& part = parts.front();
    const auto rest = parts.subspan(1);
    if (part.kind == Kind::text)
        return begins(text, part.text, any_case) &&
               matches_parts(rest, text.substr(part.text.size()), any_case);
    const auto extent = extent_of(part.kind, text.size());
    for (std::size_t length = 1; length <= std::min(extent.most, text.size()); ++length) {
        if (extent.allowed != nullptr && !extent.allowed(text[length - 1])) return false;
        if (length >= extent.least && matches_parts(rest, text.substr(length), any_case)) return true;
    }
    return false;
}

}  // namespace

bool matches(const Template& shape, std::string_view text) {
    return matches_parts(shape.parts(), text, false);
}

bool matches_in_any_case(const Template& shape, std::string_view text) {
    return matches_parts(shape.parts(), text, true);
}

std::string example_of(const Template& shape, std::string_view index) {
    std::string out;
    for (const auto& part : shape.parts()) {
        if (part.kind == Kind::text) out += part.text;
        if (part.kind == Kind::index) out += index;
        if (part.kind == Kind::position) out += '1';
    }
    return out;
}

}  // namespace provost
