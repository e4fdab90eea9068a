// The hardening profile: which settings a phone must have, whatever else it is told (REQUIREMENTS D).
#pragma once

#include "domain/settings.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

enum class Severity : std::uint8_t { low, medium, high };
std::string_view to_text(Severity severity);

// What both kinds of rules have.
struct RuleHead {
    std::string id;           // "web-ui-off"
    std::string requirement;  // "R-D2"
    std::string says;         // in words
    Severity severity = Severity::high;
};

struct HardeningRule : RuleHead {
    SettingId setting = 0;
    std::vector<std::string> values;  // canonical texts; the first is what the layer sets, all of them pass

    [[nodiscard]] bool accepts(std::string_view value) const;
};

// A secret that is made for each phone: in every file that is to bring it, and in no other. Nothing lifts it.
struct PasswordRule : RuleHead {
    SettingId secret = 0;
    std::size_t shortest = 0;  // bytes
};

struct HardeningProfile {
    std::vector<HardeningRule> rules;
    std::vector<PasswordRule> passwords;
    std::vector<std::string> factory_passwords;  // sorted, lower case: what phones come with

    [[nodiscard]] Settings layer() const;  // the second of all layers, above the vendor's
    [[nodiscard]] const HardeningRule* find(std::string_view id) const;
    [[nodiscard]] const HardeningRule* of(SettingId setting) const;
    [[nodiscard]] const PasswordRule* password_of(SettingId secret) const;
    [[nodiscard]] std::size_t place(const HardeningRule& rule) const {
        return static_cast<std::size_t>(&rule - rules.data());
    }
};

// Which rules do not hold for a phone, by their place in the profile: an exception lifts them, or the phone
// can't follow. Empty: all hold.
class LiftedRules {
 public:
    void lift(std::size_t rule);
    [[nodiscard]] bool has(std::size_t rule) const { return rule < lifted_.size() && lifted_[rule]; }
    [[nodiscard]] bool operator==(const LiftedRules&) const = default;

 private:
    std::vector<bool> lifted_;
};

// What a layer asked for and did not get, for want of an exception. Texts point into that layer.
struct OverruledSetting {
    SettingKey key;
    std::string_view value;
    std::uint8_t layer = 0;
    const HardeningRule* rule = nullptr;
};

// Takes back what a layer above the profile's relaxed without an exception: a phone is served hardened, not
// refused (decision 7). `hardening` is the layer's place among those merged. What the entries point at stays
// theirs, or the profile's.
std::vector<OverruledSetting> enforce(const HardeningProfile& profile, const LiftedRules& lifted,
                                      std::uint8_t hardening, EffectiveSettings& settings);

struct Relaxation {
    const HardeningRule* rule;
    const Setting* setting;
};
// The first setting that relaxes a rule which is not lifted.
std::optional<Relaxation> find_relaxation(const HardeningProfile& profile, const LiftedRules& lifted,
                                          const Settings& settings);

}  // namespace provost
