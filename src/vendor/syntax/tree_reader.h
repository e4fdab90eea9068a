// Reads back what `xml-tree` writes, and nothing more lenient.
#pragma once

#include "base/result.h"
#include "vendor/syntax/syntax.h"
#include "vendor/syntax/tree_format.h"

#include <string_view>
#include <vector>

namespace provost {

// Errors: P-2302.
Result<std::vector<ParsedParameter>> read_tree(std::string_view bytes, const TreeFormat& format);

}  // namespace provost
