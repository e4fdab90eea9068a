// Sessions of others, for the table of routes.
#pragma once

#include "api/route.h"

namespace provost::api {

Result<ApiReply> list_person_sessions(ApiContext&, const ApiCall&);
Result<ApiReply> end_person_session(ApiContext&, const ApiCall&);

}  // namespace provost::api
