// Overrides in vendors' own words: taken from what a person typed, and put into a phone's parameters.
#pragma once

#include "service/configuration.h"
#include "service/operations.h"
#include "service/vendor_shelf.h"

namespace provost {

// Those of `typed` that are named "raw.VENDOR.PARAMETER" (the rest is apply_settings'), checked one by one
// against their vendor's list; an empty text removes one. P-2021, P-2060 ... P-2064: the first mistake.
// `lifted`, `place`: as refuse_relaxations has them.
struct RawCheck {
    const VendorShelf& vendors;
    const HardeningProfile& profile;
    const LiftedRules& lifted;
    const std::string& place;
};
Status apply_raw_settings(const RawSettings& typed, const RawCheck& check, RawOverrides& overrides);

// Puts the overrides of a device's layers into its parameters: in layer order, each in the place of the
// parameter of its name, or at the end. What must not be sent is left out and says why
// (Configuration::overridden). Costs next to nothing where no layer has any.
void apply_overrides(const Device& device, const VendorSpec& vendor, std::string_view model,
                     Configuration& made);

}  // namespace provost
