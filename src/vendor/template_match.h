// The reverse of filling a template: whether a text could have come out of it.
#pragma once

#include "vendor/template.h"

#include <string>
#include <string_view>

namespace provost {

// An index is one to three digits, a MAC twelve hexadecimal ones; any other placeholder is any text that is
// not empty.
bool matches(const Template& shape, std::string_view text);
// The same, taking 'A' for 'a': some phones do.
bool matches_in_any_case(const Template& shape, std::string_view text);

// The template with `index` in place of its indices and "1" in place of positions; for "did you mean".
std::string example_of(const Template& shape, std::string_view index);

}  // namespace provost
