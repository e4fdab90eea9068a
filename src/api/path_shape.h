// Paths of the API as the route tables have them: "/v1/devices/{mac}".
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// The {...} parts if `path` has that shape.
std::optional<std::vector<std::string>> match_path(std::string_view shape, std::string_view path);
// "/v1/people" and what is below it.
bool lies_within(std::string_view path, std::string_view root);

}  // namespace provost
