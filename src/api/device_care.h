// Handlers of what a support engineer does beside one phone's configuration.
#pragma once

#include "api/route.h"

namespace provost::api {

Result<ApiReply> compare_device(ApiContext&, const ApiCall&);

}  // namespace provost::api
