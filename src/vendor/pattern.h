// Compiles the regular expressions of vendor files: RE2 only, linear time, bounded memory, known groups.
#pragma once

#include "base/result.h"
#include "vendor/vendor_spec.h"

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>

namespace provost {

// Equal texts share one compiled expression, so that its verdict can be kept by address (see mapping.cc).
class PatternPool {
 public:
    // Every group that captures must be named and be one of `groups`, none twice. P-2109.
    Result<Pattern> compile(std::string_view text, std::initializer_list<std::string_view> groups);

 private:
    std::map<std::string, std::shared_ptr<const RE2>, std::less<>> known_;
};

}  // namespace provost
