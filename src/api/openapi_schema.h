// The parts of an OpenAPI 3.1 document that the contract tells: JSON Schema 2020-12, parameters, bodies.
#pragma once

#include "api/contract.h"

#include <boost/json/fwd.hpp>

namespace provost::contract {

boost::json::object schema_of(const Type& type);
boost::json::object schemas_of(const Contract& contract);  // components/schemas
boost::json::array parameters_of(const Contract& contract, const Endpoint& endpoint);
boost::json::object body_of(const Payload& payload);  // requestBody
boost::json::object responses_of(const Endpoint& endpoint);

}  // namespace provost::contract
