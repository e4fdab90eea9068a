// Arming many devices at once (arms.cc).
#pragma once

#include "api/route.h"

namespace provost::api {

Result<ApiReply> arm_many(ApiContext&, const ApiCall&);
Result<ApiReply> show_arm(ApiContext&, const ApiCall&);

}  // namespace provost::api
