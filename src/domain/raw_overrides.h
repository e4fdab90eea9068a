// What an operator says about a phone in its vendor's own words: parameters by name, beside the neutral
// settings of the same layer (R-G3). Written "raw.VENDOR.PARAMETER=value".
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

// `parameter` is the vendor's name. "name[2]" is the one of several whose first attribute says "2"; a name
// alone means all of that name.
struct RawOverride {
    std::string vendor;  // a tenant has phones of many
    std::string parameter;
    std::string value;  // not empty: an empty text removes an override
    bool operator==(const RawOverride&) const = default;
};
using RawOverrides = std::vector<RawOverride>;  // sorted by vendor and parameter, each once

bool is_raw_name(std::string_view name);  // starts with "raw."

struct RawName {
    std::string_view vendor, parameter;
};
// P-2060 where a part is missing, or the parameter holds '=' or what is_clean_text refuses, or is too long.
Result<RawName> parse_raw_name(std::string_view name);
std::string to_text(const RawOverride& one);  // "raw.acme.auto.mode", without the value

void put(RawOverrides& overrides, RawOverride one);
void erase(RawOverrides& overrides, RawName name);

// "user[2]" -> "user" and "2"; without brackets the second is empty.
std::pair<std::string_view, std::string_view> split_raw_index(std::string_view parameter);

// The stored form: one "raw.vendor.parameter=value" a line. format(parse(x)) = x for what format wrote.
std::string format_raw_overrides(const RawOverrides& overrides);
Result<RawOverrides> parse_raw_overrides(std::string_view text);

}  // namespace provost
