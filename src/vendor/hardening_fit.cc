#include "vendor/hardening_fit.h"

#include "vendor/catalogue.h"
#include "vendor/hardening_expectation.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

bool is_for(const std::optional<Pattern>& models, std::string_view model) {
    return !models || models->compiled->Match({model.data(), model.size()}, 0, model.size(), RE2::ANCHOR_BOTH,
                                              nullptr, 0);
}

bool refuses(const Unsupported& part, const std::string& value) {
    return std::find(part.values.begin(), part.values.end(), value) != part.values.end();
}

std::vector<const ParameterRule*> mappings_of(const VendorSpec& vendor, SettingId setting) {
    std::vector<const ParameterRule*> mappings;
    for (const auto& mapping : vendor.parameters) {
        const auto settings = settings_of(mapping);
        if (std::find(settings.begin(), settings.end(), setting) != settings.end())
            mappings.push_back(&mapping);
    }
    return mappings;
}

void add_reason(CoveredRule& covered, const std::string& why) {
    covered.why += (covered.why.empty() ? "" : "; ") + why;
}

// "not on X10, X20"
std::string models_without(const VendorSpec& vendor, const std::vector<const ParameterRule*>& mappings) {
    std::string names;
    for (const auto& model : vendor.models) {
        const bool has = std::any_of(mappings.begin(), mappings.end(), [&](const ParameterRule* mapping) {
            return is_for(mapping->models, model.id);
        });
        if (!has) names += (names.empty() ? "not on " : ", ") + model.id;
    }
    return names;
}

CoveredRule cover(const RuleHead& rule, SettingId setting, const VendorSpec& vendor) {
    CoveredRule covered{&rule, setting, Coverage::open, {}};
    const auto mappings = mappings_of(vendor, setting);
    if (!mappings.empty()) {
        const auto without = models_without(vendor, mappings);
        covered.coverage = without.empty() ? Coverage::enforced : Coverage::partly;
        if (!without.empty()) add_reason(covered, without);
    }
    for (const auto& part : vendor.unsupported) {
        if (part.setting != setting) continue;
        covered.coverage = !part.models && part.values.empty() ? Coverage::cannot : Coverage::partly;
        add_reason(covered, part.why);
    }
    return covered;
}

// The first text that the rule accepts and the phone knows; nullptr if there is none.
const std::string* best_text(const HardeningRule& rule, const VendorSpec& vendor, std::string_view model) {
    for (const auto& value : rule.values) {
        const bool unknown =
            std::any_of(vendor.unsupported.begin(), vendor.unsupported.end(), [&](const Unsupported& part) {
                return part.setting == rule.setting && is_for(part.models, model) && refuses(part, value);
            });
        if (!unknown) return &value;
    }
    return nullptr;
}

}  // namespace

HardeningFit fit_hardening(const HardeningProfile& profile, const VendorSpec& vendor,
                           std::string_view model) {
    HardeningFit fit;
    const auto* const known = find_model(vendor, model);
    const std::string_view id = known != nullptr ? std::string_view(known->id) : std::string_view();
    for (const auto& part : vendor.unsupported) {
        if (part.values.empty() || !is_for(part.models, id)) continue;
        const auto* const rule = profile.of(part.setting);
        if (rule == nullptr) continue;
        const auto* const text = best_text(*rule, vendor, id);
        if (text == &rule->values.front()) continue;
        if (!fit.layer) fit.layer = profile.layer();
        put(*fit.layer, {rule->setting, 0}, text != nullptr ? *text : part.instead);
        if (text == nullptr) fit.cannot.lift(profile.place(*rule));
    }
    return fit;
}

std::string_view to_text(Coverage coverage) {
    static constexpr std::array<std::string_view, 4> words = {"enforced", "partly", "cannot", "open"};
    return words.at(static_cast<std::size_t>(coverage));
}

std::vector<CoveredRule> cover_hardening(const HardeningProfile& profile, const VendorSpec& vendor) {
    std::vector<CoveredRule> covered;
    for (const auto& rule : profile.rules) covered.push_back(cover(rule, rule.setting, vendor));
    for (const auto& rule : profile.passwords) covered.push_back(cover(rule, rule.secret, vendor));
    return covered;
}

}  // namespace provost
