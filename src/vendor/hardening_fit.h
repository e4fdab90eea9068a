// How far a phone can follow the hardening profile: what its vendor file says it can't do is not asked of it.
#pragma once

#include "domain/hardening.h"
#include "vendor/vendor_spec.h"

#include <optional>
#include <string_view>

namespace provost {

struct HardeningFit {
    LiftedRules cannot;             // the vendor has no word for any text that the rule accepts
    std::optional<Settings> layer;  // the profile's layer as these phones can take it; nullopt: all of it
};

// `model` empty: unknown. Costs nothing for a vendor without exceptions of this kind.
HardeningFit fit_hardening(const HardeningProfile& profile, const VendorSpec& vendor, std::string_view model);

enum class Coverage : std::uint8_t {
    enforced,  // parameters of every model make it so
    partly,    // of some models only, or not for every text that the rule accepts
    cannot,    // the vendor file says why
    open,      // neither mapped nor said to be impossible
};
std::string_view to_text(Coverage coverage);

struct CoveredRule {
    const RuleHead* rule;
    SettingId setting;  // what it is about
    Coverage coverage;
    std::string why;  // of partly and cannot
};
// One for each rule of the profile, passwords last: the scorecard's (R-A9).
std::vector<CoveredRule> cover_hardening(const HardeningProfile& profile, const VendorSpec& vendor);

}  // namespace provost
