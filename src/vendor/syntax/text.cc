#include "vendor/syntax/text.h"

#include "domain/text.h"

namespace provost {
namespace {

constexpr ByteClasses nothing_escaped = classes_escaping("");

std::uint32_t byte_at(std::string_view text, std::size_t at) {
    return static_cast<unsigned char>(text[at]);
}

bool is_unwelcome(std::uint32_t point) {
    if (point >= 0x80 && point <= 0x9f) return true;      // C1 controls; U+0085 is a line end to some
    if (point == 0x2028 || point == 0x2029) return true;  // line and paragraph separators
    if (point == 0xfeff) return true;                     // byte order mark
    return (point & 0xfffe) == 0xfffe || (point >= 0xfdd0 && point <= 0xfdef);
}

struct Lead {
    std::size_t length;
    std::uint32_t bits;
    std::uint32_t least;  // a smaller code point is an overlong form
};

Lead lead_of(std::uint32_t byte) {
    if ((byte & 0xe0) == 0xc0) return {2, byte & 0x1f, 0x80};
    if ((byte & 0xf0) == 0xe0) return {3, byte & 0x0f, 0x800};
    if ((byte & 0xf8) == 0xf0) return {4, byte & 0x07, 0x10000};
    return {0, 0, 0};
}

// The code point at the start of `text`; length 0 if it is not well-formed.
Lead decode(std::string_view text) {
    Lead lead = lead_of(byte_at(text, 0));
    if (lead.length == 0 || text.size() < lead.length) return {0, 0, 0};
    for (std::size_t i = 1; i < lead.length; ++i) {
        const std::uint32_t byte = byte_at(text, i);
        if ((byte & 0xc0) != 0x80) return {0, 0, 0};
        lead.bits = lead.bits << 6 | (byte & 0x3f);
    }
    const bool surrogate = lead.bits >= 0xd800 && lead.bits <= 0xdfff;
    if (lead.bits < lead.least || lead.bits > 0x10ffff || surrogate) return {0, 0, 0};
    return lead;
}

}  // namespace

std::size_t character_length(std::string_view text) {
    if (text.empty()) return 0;
    if (byte_at(text, 0) < 0x80) return 1;
    const Lead character = decode(text);
    return is_unwelcome(character.bits) ? 0 : character.length;
}

std::size_t plain_run(std::string_view text, const ByteClasses& classes) {
    std::size_t at = 0;
    while (at < text.size()) {
        const ByteClass kind = class_of(text[at], classes);
        if (kind == ByteClass::plain) {
            ++at;
            continue;
        }
        if (kind != ByteClass::wide) return at;
        const std::size_t length = character_length(text.substr(at));
        if (length == 0) return at;
        at += length;
    }
    return at;
}

bool is_plain(std::string_view text) {
    return plain_run(text, nothing_escaped) == text.size();
}

std::string_view refusal(std::string_view text) {
    if (text.empty()) return "it ends too early";
    if (byte_at(text, 0) < 0x80) return "it holds a control character";
    if (decode(text).length == 0) return "it is not valid UTF-8";
    return "it holds a control character, a line separator, a byte order mark or a non-character";
}

tl::unexpected<Error> refuse_parameter(std::string_view name, std::string_view why) {
    return fail({.code = "P-2301",
                 .what = "the phone's file can't carry this parameter exactly",
                 .where = "parameter '" + printable(name, shown_bytes) + "'",
                 .why = std::string(why),
                 .fix = "Change the setting that it comes from"});
}

}  // namespace provost
