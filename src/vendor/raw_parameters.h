// Which parameters an operator may override by the vendor's own names: those of the vendor file's `fixed`,
// `settings` and `raw`, but never one that carries a secret.
#pragma once

#include "domain/hardening.h"
#include "domain/raw_overrides.h"
#include "vendor/syntax/syntax.h"
#include "vendor/vendor_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

// What the vendor file says of one name.
struct KnownParameter {
    bool carries_secret = false;
    bool for_model = false;        // at least one of the rules that name it is for this model
    const RawRule* raw = nullptr;  // where it is one of the `raw` block alone
    std::vector<std::pair<std::string, std::string>>
        attributes;  // it is sent with these, where nothing else does
};
// nullopt: no rule names it. `model` empty: unknown. `index`: of "name[index]"; may be empty.
std::optional<KnownParameter> find_parameter(const VendorSpec& vendor, std::string_view name,
                                             std::string_view index, std::string_view model);

// Checks an override as typed, before it is stored: P-2061 with the nearest name as the fix for one the
// vendor file doesn't know, P-2062 for one that carries a secret, P-2063 for a value that the vendor file or
// its syntax refuses.
Status check_raw_override(const VendorSpec& vendor, const Syntax& syntax, const RawOverride& one);

// The rule of the profile that an override would break as far as it can be told without a phone: the
// parameter is the vendor's word for the rule's setting, and the value is none of the words for what the rule
// accepts. nullptr: none, or the linter must tell on the finished file.
const HardeningRule* broken_rule(const HardeningProfile& profile, const LiftedRules& lifted,
                                 const VendorSpec& vendor, const RawOverride& one);

}  // namespace provost
