// Diagnostic windows, as commands show them.
#pragma once

#include <string>

#include <boost/json/fwd.hpp>

namespace provost::cli {

// "27 min 12 s left", or "over since 2026-11-23T12:30:00Z".
std::string window_countdown(const boost::json::object& window);

}  // namespace provost::cli
