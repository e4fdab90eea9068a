// The addresses that phones were given to begin with, one for each: what `simulate run --addresses` reads.
#pragma once

#include "base/mac_address.h"
#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace provost::sim {

using AddressList = std::map<MacAddress, std::string>;

// CSV with the columns mac and url; others are passed over. P-25xx, P-9011 with row.
Result<AddressList> parse_addresses(std::string_view csv);

}  // namespace provost::sim
