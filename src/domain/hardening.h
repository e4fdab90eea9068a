// The hardening profile: which settings a phone must have, whatever else it is told (REQUIREMENTS D).
#pragma once

#include "domain/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct HardeningRule {
    std::string id;           // "web-ui-off"
    std::string requirement;  // "R-D2"
    std::string says;         // in words
    SettingId setting = 0;
    std::vector<std::string> values;  // canonical texts; the first is what the layer sets, all of them pass

    [[nodiscard]] bool accepts(std::string_view value) const;
};

// A secret that is made for each phone and never empty. Nothing lifts it.
struct PasswordRule {
    std::string id, requirement, says;
    SettingId secret = 0;
};

struct HardeningProfile {
    std::vector<HardeningRule> rules;
    std::vector<PasswordRule> passwords;

    [[nodiscard]] Settings layer() const;  // the second of all layers, above the vendor's
    [[nodiscard]] const HardeningRule* find(std::string_view id) const;
    [[nodiscard]] const HardeningRule* of(SettingId setting) const;
};

// Which rules an exception lifts, by their place in the profile. Empty: none.
class LiftedRules {
 public:
    void lift(std::size_t rule);
    [[nodiscard]] bool has(std::size_t rule) const { return rule < lifted_.size() && lifted_[rule]; }
    [[nodiscard]] bool operator==(const LiftedRules&) const = default;

 private:
    std::vector<bool> lifted_;
};

// Takes back what a layer above the profile's relaxed without an exception: a phone is served hardened, not
// refused. `hardening` is the layer's place among those merged. What the entries point at stays theirs, or
// the profile's.
void enforce(const HardeningProfile& profile, const LiftedRules& lifted, std::uint8_t hardening,
             EffectiveSettings& settings);

// The first setting that relaxes a rule; nullptr if none does.
const Setting* find_relaxation(const HardeningProfile& profile, const LiftedRules& lifted,
                               const Settings& settings);

}  // namespace provost
