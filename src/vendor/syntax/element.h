// A parameter as one XML element on a line of its own: <name attribute="...">value</name>.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "vendor/parameter.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/reader.h"
#include "vendor/syntax/syntax.h"
#include "vendor/syntax/xml.h"

#include <string_view>

namespace provost {

// The element's name: what follows the group, "group/name".
std::string_view element_name(const Parameter& parameter);

// Errors: P-2301. The caller has checked that a group, if any, is one of its own.
Status write_element(OutputBuffer& out, std::string_view indent, const Parameter& parameter,
                     const WrittenValue& value);
// Reads one back. Its attributes lie in `attributes`, what was unescaped in `texts`.
Result<ReadParameter> read_element(Reader& reader, UnescapedTexts& texts, XmlAttributeViews& attributes);

// "name" or "name attribute="..." ...": the inside of a start tag as an option spells it.
bool is_start_tag(std::string_view name, std::string_view attributes);
// A first line that XML allows there: empty, or one XML declaration.
bool is_xml_header(std::string_view text);

}  // namespace provost
