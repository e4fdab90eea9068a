// The types of contract_reader.h's notation.
#pragma once

#include "api/contract.h"

namespace provost::contract {

// "text(1..128)?", "[Event]". Throws std::invalid_argument for what is none.
Type parse_type(std::string_view expression);

}  // namespace provost::contract
