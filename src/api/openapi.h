// The interface as OpenAPI 3.1, made from the route table. docs/reference/openapi.json is what it gives.
#pragma once

#include <boost/json/object.hpp>

namespace provost {

boost::json::object openapi_document();

}  // namespace provost
