// How layers lie in the store: one "name=value" a line.
#pragma once

#include "base/result.h"

#include <string_view>

namespace provost {

struct StoredLine {
    std::string_view name, value, whole;
};
// Takes the first line off the text; P-2005.
Result<StoredLine> take_stored_line(std::string_view& text);

}  // namespace provost
