// The makers behind make_syntax, one per syntax, and what the syntaxes share while rendering.
#pragma once

#include "base/result.h"
#include "vendor/syntax/syntax.h"

#include <memory>

namespace provost {

using SyntaxResult = Result<std::unique_ptr<const Syntax>>;

SyntaxResult make_key_value(const SyntaxOptions& options);
SyntaxResult make_xml_elements(const SyntaxOptions& options);
SyntaxResult make_xml_attributes(const SyntaxOptions& options);
SyntaxResult make_flat_profile(const SyntaxOptions& options);

// The bytes to write for a parameter: its value, or its secret (P-2301 if that is missing: an empty password
// would erase the phone's own).
Result<std::string_view> value_of(const Parameter& parameter, const SecretSource& secrets);
// What to write in front of it: only a secret has something there.
inline std::string_view prefix_of(const Parameter& parameter) {
    return parameter.is_secret ? std::string_view(parameter.value) : std::string_view();
}

// P-2301 once a file that began at `start` of `out` has grown beyond what its parser reads.
Status check_size(const OutputBuffer& out, std::size_t start, const Parameter& last);

bool has_outer_blanks(std::string_view text);

}  // namespace provost
