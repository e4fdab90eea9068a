#include "domain/hardening.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

template <class Rule, class Test>
const Rule* first(const std::vector<Rule>& rules, Test test) {
    const auto found = std::find_if(rules.begin(), rules.end(), test);
    return found == rules.end() ? nullptr : &*found;
}

// Marks what a line or key of its own mind said: it falls back to what holds for all.
constexpr std::string_view taken_back = "taken back";

}  // namespace

std::string_view to_text(Severity severity) {
    static constexpr std::array<std::string_view, 3> words = {"low", "medium", "high"};
    return words.at(static_cast<std::size_t>(severity));
}

bool HardeningRule::accepts(std::string_view value) const {
    return std::find(values.begin(), values.end(), value) != values.end();
}

Settings HardeningProfile::layer() const {
    Settings settings;
    for (const auto& rule : rules) put(settings, {rule.setting, 0}, rule.values.front());
    return settings;
}

const HardeningRule* HardeningProfile::find(std::string_view id) const {
    return first(rules, [&](const HardeningRule& rule) { return rule.id == id; });
}

const HardeningRule* HardeningProfile::of(SettingId setting) const {
    return first(rules, [&](const HardeningRule& rule) { return rule.setting == setting; });
}

const PasswordRule* HardeningProfile::password_of(SettingId secret) const {
    return first(passwords, [&](const PasswordRule& rule) { return rule.secret == secret; });
}

void LiftedRules::lift(std::size_t rule) {
    if (lifted_.size() <= rule) lifted_.resize(rule + 1);
    lifted_[rule] = true;
}

std::vector<OverruledSetting> enforce(const HardeningProfile& profile, const LiftedRules& lifted,
                                      std::uint8_t hardening, EffectiveSettings& settings) {
    std::vector<OverruledSetting> overruled;
    for (const auto& rule : profile.rules) {
        if (lifted.has(profile.place(rule))) continue;
        const auto before = [](const EffectiveSetting& entry, SettingId id) { return entry.key.id < id; };
        auto entry = std::lower_bound(settings.begin(), settings.end(), rule.setting, before);
        for (; entry != settings.end() && entry->key.id == rule.setting; ++entry) {
            if (rule.accepts(entry->value)) continue;
            overruled.push_back({entry->key, entry->value, entry->layer, &rule});
            entry->value = entry->key.index == 0 ? std::string_view(rule.values.front()) : taken_back;
            entry->layer = hardening;
        }
    }
    if (!overruled.empty())
        std::erase_if(settings, [](const auto& entry) { return entry.value.data() == taken_back.data(); });
    return overruled;
}

std::optional<Relaxation> find_relaxation(const HardeningProfile& profile, const LiftedRules& lifted,
                                          const Settings& settings) {
    for (const auto& one : settings) {
        const auto* const rule = profile.of(one.key.id);
        if (rule == nullptr || lifted.has(profile.place(*rule)) || rule->accepts(one.value)) continue;
        return Relaxation{rule, &one};
    }
    return std::nullopt;
}

}  // namespace provost
