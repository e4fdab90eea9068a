// Turns merged neutral settings into a vendor's parameters.
#pragma once

#include "vendor/parameter.h"
#include "vendor/vendor_spec.h"

#include <string_view>
#include <vector>

namespace provost {

struct MappingContext {
    MacAddress mac;
    std::string_view model;                            // empty: unknown
    std::string_view firmware;                         // dotted numbers; empty: unknown, matches every range
    const std::vector<SettingKey>* secrets = nullptr;  // which secrets will be there; null or empty: none
};

// Lines and keys that are in use get the settings that a layer made for all of them (index 0:
// "line.transport"). In use is every line or key with a setting or a secret of its own. The higher layer
// wins; within one layer the line's own setting does. What comes back has no index 0 for line and key
// settings.
EffectiveSettings expand_defaults(const EffectiveSettings& settings, const std::vector<SettingKey>* secrets);

// Fixed parameters first, then rules in the order of the vendor file, index by index. Every name is produced
// once: a later rule with the same name (and attributes) replaces an earlier one, in its place. Two
// different secrets may share a name, a user list of "admin:..." and "user:...", and so may the lines or keys
// of rules that say `repeat`. Settings for all lines or
// keys are expanded. Errors: P-2201 a text holds a character the vendor's parameter can't carry (field
// named); P-2202 a line or key beyond what the model has; P-2203 a value that the vendor's value map lacks.
Result<Parameters> map_settings(const VendorSpec& vendor, const EffectiveSettings& settings,
                                const MappingContext& context);

}  // namespace provost
