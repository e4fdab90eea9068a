// Calls about one import that only the table of routes and their own files need to know.
#pragma once

#include "api/route.h"

namespace provost::api {

Result<ApiReply> import_arrivals(ApiContext&, const ApiCall&);
Result<ApiReply> import_rows(ApiContext&, const ApiCall&);

}  // namespace provost::api
