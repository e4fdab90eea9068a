// Problems (RFC 9457) of an operators' door itself, where no resource has been asked yet.
#pragma once

#include "service/api_message.h"

#include <string_view>

namespace provost {

// P-8011 not a request, P-8012 its address, ... (docs/reference/error-codes.md). `what` is ours: it is not
// escaped.
ApiReply door_problem(int status, std::string_view code, std::string_view what);

}  // namespace provost
