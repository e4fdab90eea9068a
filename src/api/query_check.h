// The part of request_check.h that is about the query.
#pragma once

#include "api/contract.h"
#include "base/result.h"

#include <map>
#include <string>

namespace provost {

// P-8009, P-8004.
Status check_query(const contract::Contract& contract, const contract::Endpoint& endpoint,
                   const std::map<std::string, std::string>& query);

}  // namespace provost
