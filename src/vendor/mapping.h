// Turns merged neutral settings into a vendor's parameters.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "vendor/parameter.h"
#include "vendor/vendor_spec.h"

namespace provost {

struct MappingContext {
    MacAddress mac;
    std::string_view model;     // empty: unknown
    std::string_view firmware;  // dotted numbers; empty: unknown, matches every range
    const std::vector<SettingKey>* secrets = nullptr;  // which secrets will be there; null or empty: none
};

// Fixed parameters first, then rules in the order of the vendor file, index by index. Every name is produced once:
// a later rule with the same name (and attributes) replaces an earlier one.
// Errors: P-2201 a text holds a character the vendor's parameter can't carry (field named); P-2202 a line or key
// beyond what the model has; P-2203 a value that the vendor's value map lacks.
Result<Parameters> map_settings(const VendorSpec& vendor, const EffectiveSettings& settings,
                                const MappingContext& context);

}  // namespace provost
