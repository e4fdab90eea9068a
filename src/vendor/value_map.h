// From a setting's canonical text to the vendor's text.
#pragma once

#include "base/result.h"
#include "vendor/vendor_spec.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// The rule's `values`, else its fallback; the text itself where the rule has neither. P-2203, `key` named.
// The result points into `rule` or is `text`.
Result<std::string_view> map_value(const ParameterRule& rule, std::string_view text, SettingKey key);

// "g722,pcma" -> "g722", "pcma"
std::vector<std::string_view> split_list(std::string_view text);

// A whole number as the phone counts it: divided, rounded up (3601 by 60 is 61), within `least` and `most`.
std::string phone_number(const ParameterRule& rule, std::string_view number);

}  // namespace provost
