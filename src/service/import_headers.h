// Headers of device lists that other portals and PBXs export.
#pragma once

#include <optional>
#include <string_view>

namespace provost {

// What a header in lower case is read as; empty: it says nothing that a device has here, such as when it was
// last seen there. nullopt: nobody knows it.
std::optional<std::string_view> known_header(std::string_view name);

}  // namespace provost
