// Reads back what `xml-tree` writes, and nothing more lenient.
#pragma once

#include "base/result.h"
#include "vendor/syntax/syntax.h"
#include "vendor/syntax/tree_format.h"

#include <string_view>

namespace provost {

// Shows every parameter to `sink`. Errors: P-2302.
Status read_tree(std::string_view bytes, const TreeFormat& format, ParameterSink& sink);

}  // namespace provost
