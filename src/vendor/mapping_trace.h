// Which rule of the vendor file made a parameter, and why a setting made none; for people, not for the
// phones' way.
#pragma once

#include "vendor/mapping.h"

#include <string>
#include <vector>

namespace provost {

// One parameter as a rule made it, also where a later rule replaced it. One of the two pointers is set.
struct TracedParameter {
    Parameter parameter;
    const ParameterRule* rule = nullptr;
    const FixedParameter* fixed = nullptr;
};
Result<std::vector<TracedParameter>> trace_settings(const VendorSpec& vendor,
                                                    const EffectiveSettings& settings,
                                                    const MappingContext& context);

// A setting that some layer makes and that is in no parameter.
struct UnusedSetting {
    EffectiveSetting setting;
    std::string why;
};
std::vector<UnusedSetting> unused_settings(const VendorSpec& vendor, const EffectiveSettings& settings,
                                           const MappingContext& context,
                                           const std::vector<TracedParameter>& traced);

}  // namespace provost
