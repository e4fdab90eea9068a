// One call that waits for a second person, whole (approvals.cc).
#pragma once

#include "api/route.h"

namespace provost::api {

Result<ApiReply> show_approval(ApiContext&, const ApiCall&);

}  // namespace provost::api
