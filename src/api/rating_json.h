// Ratings as JSON.
#pragma once

#include "service/ratings.h"

#include <boost/json/fwd.hpp>

namespace provost {

boost::json::object to_json(const RatingSummary& summary);  // counts, without the lines
boost::json::object to_json(const RatedDevice& rated);

}  // namespace provost
