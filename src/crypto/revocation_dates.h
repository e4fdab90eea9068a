// When a revocation list runs out, for who watches the server.
#pragma once

#include "base/clock.h"

#include <optional>
#include <string_view>

namespace provost {

std::optional<Timestamp> list_end(std::string_view pem);  // nextUpdate; nullopt if there is none

}  // namespace provost
