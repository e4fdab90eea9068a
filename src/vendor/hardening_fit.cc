#include "vendor/hardening_fit.h"

#include "vendor/catalogue.h"

#include <algorithm>

namespace provost {

namespace {

bool is_about(const Unsupported& part, std::string_view model) {
    return !part.models || part.models->compiled->Match({model.data(), model.size()}, 0, model.size(),
                                                        RE2::ANCHOR_BOTH, nullptr, 0);
}

bool refuses(const Unsupported& part, const std::string& value) {
    return std::find(part.values.begin(), part.values.end(), value) != part.values.end();
}

bool is_mapped(const VendorSpec& vendor, SettingId setting) {
    return std::any_of(vendor.parameters.begin(), vendor.parameters.end(),
                       [&](const ParameterRule& rule) { return rule.setting == setting; });
}

// The first text that the rule accepts and the phone knows; nullptr if there is none.
const std::string* best_text(const HardeningRule& rule, const VendorSpec& vendor, std::string_view model) {
    for (const auto& value : rule.values) {
        const bool unknown =
            std::any_of(vendor.unsupported.begin(), vendor.unsupported.end(), [&](const Unsupported& part) {
                return part.setting == rule.setting && is_about(part, model) && refuses(part, value);
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
        if (part.values.empty() || !is_about(part, id)) continue;
        const auto* const rule = profile.of(part.setting);
        if (rule == nullptr) continue;
        const auto* const text = best_text(*rule, vendor, id);
        if (text == &rule->values.front()) continue;
        if (!fit.layer) fit.layer = profile.layer();
        put(*fit.layer, {rule->setting, 0}, text != nullptr ? *text : part.instead);
        if (text == nullptr) fit.cannot.lift(static_cast<std::size_t>(rule - profile.rules.data()));
    }
    return fit;
}

std::vector<CoveredRule> cover_hardening(const HardeningProfile& profile, const VendorSpec& vendor) {
    std::vector<CoveredRule> covered;
    for (const auto& rule : profile.rules) {
        auto& one = covered.emplace_back(CoveredRule{&rule, Coverage::open, {}});
        if (is_mapped(vendor, rule.setting)) one.coverage = Coverage::enforced;
        for (const auto& part : vendor.unsupported) {
            if (part.setting != rule.setting) continue;
            const bool whole = !part.models && part.values.empty();
            one.coverage = whole ? Coverage::cannot : Coverage::partly;
            one.why += (one.why.empty() ? "" : " ") + part.why;
        }
    }
    return covered;
}

}  // namespace provost
