// What the file of one phone must hold so that it is hardened, in its vendor's words.
#pragma once

#include "domain/hardening.h"
#include "vendor/mapping.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

// The merged settings tell which lines and keys are in use and what else a rule's conditions ask. Of a
// setting that a rule speaks of, unless the rule is lifted, they count only where the rule accepts them:
// however a relaxation got into them, the expectation is the hardened one.
struct LintSubject {
    const VendorSpec& vendor;
    const EffectiveSettings& settings;
    const MappingContext& context;  // `secrets`: those that the file is to bring
    const HardeningProfile& profile;
    const LiftedRules& lifted;
};

struct ExpectedParameter {
    enum class Kind : std::uint8_t {
        text,      // stands there once, with this value
        password,  // stands there once, with a password behind this value
        absent,    // must not be there: its secret is not among those delivered
        unsayable  // the vendor file has no word for what a rule wants; `name` is its template
    };
    Kind kind = Kind::text;
    std::string name, value;
    std::vector<std::pair<std::string, std::string>> attributes;
    std::vector<const RuleHead*> rules;  // that ask for it, at least one; they point into the profile
    std::size_t shortest = 0;            // of a password, in bytes
    SecretForm form = SecretForm::clear;
    std::vector<std::string_view> not_the_names;  // of its user, which point into the settings
};

// In the order of the vendor file. The vendor's own mapping of each rule's setting says it, independently of
// what a merge, another rule of the vendor file or a parameter of a person's own made of the file.
std::vector<ExpectedParameter> expect_hardened(const LintSubject& subject);

// The settings that a rule of a vendor file depends on: its own, those of its conditions and its texts.
std::vector<SettingId> settings_of(const ParameterRule& mapping);

}  // namespace provost
