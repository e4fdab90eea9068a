// What is known of a vendor, as JSON: for `vendor show`, its page under docs/vendors, and programs.
#pragma once

#include "domain/hardening.h"
#include "vendor/vendor_spec.h"

#include <boost/json/fwd.hpp>

namespace provost {

// One row of a list.
boost::json::object vendor_row(const VendorSpec& vendor, const HardeningProfile& profile);
// All of it but the parameter rules, of which those for the hardening profile's settings are named.
boost::json::object vendor_card(const VendorSpec& vendor, const HardeningProfile& profile);

}  // namespace provost
