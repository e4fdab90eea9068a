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
SyntaxResult make_xml_tree(const SyntaxOptions& options);
SyntaxResult make_name_addr(const SyntaxOptions& options);

// The same syntax, but in UTF-16 and with a byte order mark.
std::unique_ptr<const Syntax> in_utf16(std::unique_ptr<const Syntax> written);

// What is written for a parameter: its value, or its secret behind the plain text that stands in front of it.
// Two pieces, so that no string ever holds a secret.
struct WrittenValue {
    std::string_view prefix;  // only a secret has one
    std::string_view text;

    [[nodiscard]] bool empty() const { return prefix.empty() && text.empty(); }
    [[nodiscard]] char front() const { return prefix.empty() ? text.front() : prefix.front(); }
    [[nodiscard]] char back() const { return text.empty() ? prefix.back() : text.back(); }
};

// P-2301 if the secret is missing: an empty password would erase the phone's own.
Result<WrittenValue> value_of(const Parameter& parameter, const SecretSource& secrets);

// P-2301 once a file that began at `start` of `out` has grown beyond what its parser reads.
Status check_size(const OutputBuffer& out, std::size_t start, const Parameter& last);

bool has_outer_blanks(const WrittenValue& value);

}  // namespace provost
