// Holds a request against the contract, before its handler: what nobody declared is refused with a problem
// that names it, and so is a value of another type. What a value means is the handler's to judge.
#pragma once

#include "api/contract.h"
#include "base/result.h"
#include "service/api_message.h"

namespace provost {

// P-8009 a query's parameter that is none, P-8004 its value, P-8010 the body is too large, P-8001 not a JSON
// object, P-8002 a member that is none, is there twice or of another type. An empty value of a query, and an
// empty body, are as absent.
Status check_request(const contract::Contract& contract, const contract::Endpoint& endpoint,
                     const ApiRequest& request);
// By this program's contract, as the route of that method and path.
Status check_request(std::string_view method, std::string_view path, const ApiRequest& request);

}  // namespace provost
