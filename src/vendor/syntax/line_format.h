// What a line of `key-value` looks like, as its options say, and what it can carry. There is no escaping, so
// whatever could be read as anything else is refused.
#pragma once

#include "base/result.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/text.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

struct LineFormat {
    std::string header;  // the first line; empty: none
    std::string prefix;  // in front of every name
    std::string separator = " = ";
    std::string quote;  // around every value
    std::string end = "\n";
    std::optional<std::string> footer;  // the last line, which may be empty
    std::array<bool, 256> in_names{};
    std::string section_open;  // empty: no sections
    std::string section_close;
    ByteClasses value{};  // "escaped" are the bytes that no value may hold
};

// Errors: P-2304.
Result<LineFormat> read_line_format(const SyntaxOptions& options);

// Bytes at the start of `text` that make a name of a parameter or a section; 0 if there is none.
std::size_t line_name_length(std::string_view text, const LineFormat& format);

// Why a name, which may have a section in front, or a value can't be written; empty if it can.
std::string_view line_name_refusal(std::string_view name, const LineFormat& format);
std::string_view line_value_refusal(const WrittenValue& value, const LineFormat& format);

}  // namespace provost
