// A vendor's card as a person reads it on a terminal.
#pragma once

#include <iosfwd>

#include <boost/json/fwd.hpp>

namespace provost::cli {

// `card` as GET /v1/vendors/{vendor} gives it.
void print_vendor_card(std::ostream& out, const boost::json::object& card);

}  // namespace provost::cli
