#include "domain/hardening.h"

#include <algorithm>

namespace provost {

namespace {

template <class Rules, class Test>
const HardeningRule* first(const Rules& rules, Test test) {
    const auto found = std::find_if(rules.begin(), rules.end(), test);
    return found == rules.end() ? nullptr : &*found;
}

// Marks what a line or key of its own mind said: it falls back to what holds for all.
constexpr std::string_view taken_back = "taken back";

}  // namespace

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

void LiftedRules::lift(std::size_t rule) {
    if (lifted_.size() <= rule) lifted_.resize(rule + 1);
    lifted_[rule] = true;
}

void enforce(const HardeningProfile& profile, const LiftedRules& lifted, std::uint8_t hardening,
             EffectiveSettings& settings) {
    bool own = false;
    for (std::size_t place = 0; place < profile.rules.size(); ++place) {
        if (lifted.has(place)) continue;
        const auto& rule = profile.rules[place];
        const auto before = [](const EffectiveSetting& entry, SettingId id) { return entry.key.id < id; };
        auto entry = std::lower_bound(settings.begin(), settings.end(), rule.setting, before);
        for (; entry != settings.end() && entry->key.id == rule.setting; ++entry) {
            if (rule.accepts(entry->value)) continue;
            own |= entry->key.index != 0;
            entry->value = entry->key.index == 0 ? std::string_view(rule.values.front()) : taken_back;
            entry->layer = hardening;
        }
    }
    if (own)
        std::erase_if(settings, [](const auto& entry) { return entry.value.data() == taken_back.data(); });
}

const Setting* find_relaxation(const HardeningProfile& profile, const LiftedRules& lifted,
                               const Settings& settings) {
    for (const auto& one : settings) {
        const auto* const rule = profile.of(one.key.id);
        if (rule == nullptr || lifted.has(static_cast<std::size_t>(rule - profile.rules.data()))) continue;
        if (!rule->accepts(one.value)) return &one;
    }
    return nullptr;
}

}  // namespace provost
