// What Boost.JSON does not tell: a name that an object has twice.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace provost {

// The first name that some object in `text` has twice, with its escapes read. `text` is known to be JSON.
std::optional<std::string> repeated_member(std::string_view text);

}  // namespace provost
