// What bytes a syntax may write as they are, which it escapes, and which it refuses. One pass, no copies.
#pragma once

#include "base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace provost {

enum class ByteClass : std::uint8_t { plain, escaped, refused, wide };
using ByteClasses = std::array<ByteClass, 256>;

// Control characters are refused, ASCII is plain but for the bytes of `escaped`, the rest begins or continues
// a UTF-8 character.
constexpr ByteClasses classes_escaping(std::string_view escaped) {
    ByteClasses classes{};
    for (std::size_t byte = 0; byte < classes.size(); ++byte) {
        if (byte < 0x20 || byte == 0x7f) classes[byte] = ByteClass::refused;
        if (byte >= 0x80) classes[byte] = ByteClass::wide;
    }
    for (const char c : escaped) classes[static_cast<unsigned char>(c)] = ByteClass::escaped;
    return classes;
}

// Bytes of the well-formed UTF-8 character (RFC 3629) that `text` begins with; 0 if there is none. Also 0 for
// what a phone or an editor may read as a line end, a mark or nothing: U+0080..U+009F, U+2028, U+2029,
// U+FEFF, and the non-characters, which XML forbids.
std::size_t character_length(std::string_view text);

// How many bytes at the start of `text` can be written as they are.
std::size_t plain_run(std::string_view text, const ByteClasses& classes);

inline ByteClass class_of(char c, const ByteClasses& classes) {
    return classes[static_cast<unsigned char>(c)];
}

// Whether all of `text` can be written as it is.
bool is_plain(std::string_view text);

// Why the bytes at the start of `text` are refused, in words.
std::string_view refusal(std::string_view text);

// A file that a phone has to take is far smaller; a parser reads no more than this.
constexpr std::size_t max_file_size = std::size_t{1} << 20;

// How much of a hostile text an error shows.
constexpr std::size_t shown_bytes = 80;

// P-2301: the parameter can't be written exactly. `why` never holds the value.
tl::unexpected<Error> refuse_parameter(std::string_view name, std::string_view why);

}  // namespace provost
