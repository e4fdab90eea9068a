// Is what a phone is about to get hardened? Reads the finished file's parameters and objects to whatever
// differs from the profile (R-D7).
#pragma once

#include "domain/hardening.h"
#include "vendor/mapping.h"
#include "vendor/syntax/syntax.h"

#include <string>
#include <vector>

namespace provost {

struct LintFinding {
    std::string rule;         // id of a rule of the profile
    std::string requirement;  // "R-D2"
    std::string says;
    std::string parameter;  // the vendor's name for it
    std::string wanted;     // its text; of a password: "a password"
    std::string found;      // its text, of a password dots; "nothing" if it is not there

    // "web-ui-off (R-D2, no web interface): parameter 'a.b' must be '0' and is '1'"
    [[nodiscard]] std::string text() const;
};

// What a phone's file must hold, as far as the vendor's own words for the profile's settings say so. The
// merged settings tell which lines and keys are in use and what else a rule's conditions ask; a setting of a
// rule that is not lifted counts with a text that the rule accepts, whatever stands there.
struct LintSubject {
    const VendorSpec& vendor;
    const EffectiveSettings& settings;
    const MappingContext& context;  // `secrets`: those that the file carries
    const HardeningProfile& profile;
    const LiftedRules& lifted;
};

// `file`: the parameters as the vendor's syntax read them back from the bytes. Empty: it is hardened. A rule
// that the phone has no parameter for is not a finding; `vendor show` names it. Values of secrets are looked
// at for being there only, so a file with masked secrets gives the same answer.
std::vector<LintFinding> lint_file(const LintSubject& subject, const std::vector<ParsedParameter>& file);

}  // namespace provost
