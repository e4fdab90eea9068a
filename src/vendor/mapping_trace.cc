#include "vendor/mapping_trace.h"

#include "vendor/catalogue.h"
#include "vendor/rule_mapper.h"

#include <algorithm>

namespace provost {

namespace {

void keep(std::vector<TracedParameter>& traced, Parameters made, const ParameterRule* rule) {
    for (auto& one : made) traced.push_back({std::move(one), rule, nullptr});
}

const FixedParameter* fixed_of(const VendorSpec& vendor, const Parameter& made) {
    const auto found = std::ranges::find_if(vendor.fixed, [&](const FixedParameter& one) {
        return one.name == made.name && one.value == made.value && one.attributes == made.attributes;
    });
    return found == vendor.fixed.end() ? nullptr : &*found;
}

bool for_model(const std::optional<Pattern>& models, std::string_view model) {
    return !models || RE2::FullMatch({model.data(), model.size()}, *models->compiled);
}

bool for_firmware(const ParameterRule& rule, std::string_view firmware) {
    if (firmware.empty()) return true;
    if (!rule.firmware_from.empty() && compare_firmware(firmware, rule.firmware_from) < 0) return false;
    return rule.firmware_below.empty() || compare_firmware(firmware, rule.firmware_below) < 0;
}

// Whether a rule reads the setting beside its own: in its value, its attributes or a condition.
bool reads(const ParameterRule& rule, SettingId id) {
    const auto mentions = [&](const Template& text) {
        return std::ranges::any_of(text.parts(), [&](const TemplatePart& part) {
            return part.kind == TemplatePart::Kind::setting && part.setting == id;
        });
    };
    return mentions(rule.value) || mentions(rule.name) ||
           std::ranges::any_of(rule.attributes, [&](const auto& one) { return mentions(one.second); }) ||
           std::ranges::any_of(rule.when, [&](const Condition& one) { return one.setting == id; });
}

std::string in_words(const Condition& condition) {
    std::string text(setting(condition.setting).name);
    if (condition.present) return text + (condition.negate ? " not to be set" : " to be set");
    text += condition.negate ? " to be none of" : " to be";
    for (const auto& one : condition.any_of) text += (&one == condition.any_of.data() ? " " : " or ") + one;
    return text;
}

class Reasons {
 public:
    Reasons(const VendorSpec& vendor, const SettingView& view, const MappingContext& context)
        : vendor_(vendor), view_(view), context_(context) {
        const auto* const model = find_model(vendor, context.model);
        if (model != nullptr) model_ = model->id;
    }

    [[nodiscard]] std::string why(const EffectiveSetting& unused) const {
        for (const auto& one : vendor_.unsupported)
            if (one.setting == unused.key.id && one.values.empty() && for_model(one.models, model_))
                return "not supported: " + one.why;
        std::string why;
        for (const auto& rule : vendor_.parameters)
            if (rule.setting == unused.key.id && why.empty()) why = why_not(rule, unused.key);
        if (!why.empty()) return why;
        const bool read = std::ranges::any_of(
            vendor_.parameters, [&](const ParameterRule& rule) { return reads(rule, unused.key.id); });
        return read ? "used within other parameters only" : "these phones have no parameter for it";
    }

 private:
    [[nodiscard]] std::string why_not(const ParameterRule& rule, SettingKey key) const {
        const auto who = "'" + rule.name.source() + "' ";
        if (!for_model(rule.models, model_)) return who + "is for other models: " + rule.models->text;
        if (!for_firmware(rule, context_.firmware))
            return who + "is for other firmware: from '" + rule.firmware_from + "' below '" +
                   rule.firmware_below + "'";
        if (key.index < rule.first_index || (rule.last_index != 0 && key.index > rule.last_index))
            return who + "is for other lines or keys";
        for (const auto& condition : rule.when)
            if (!holds(condition, key)) return who + "needs " + in_words(condition);
        return who + "has no place for this value";
    }

    [[nodiscard]] bool holds(const Condition& condition, SettingKey key) const {
        const auto scope = setting(condition.setting).scope;
        const bool of_key = setting(key.id).scope == SettingScope::key;
        std::uint16_t index = scope == SettingScope::global ? 0 : key.index;
        if (of_key && scope == SettingScope::line) index = view_.line_of_key(key.index);
        const auto* const found = view_.find({condition.setting, index});
        if (found == nullptr) return condition.negate;
        const auto text = url_part(found->value, condition.part);
        const bool yes = condition.present
                             ? condition.part == UrlPart::whole || !text.empty()
                             : std::ranges::find(condition.any_of, text) != condition.any_of.end();
        return yes != condition.negate;
    }

    const VendorSpec& vendor_;
    const SettingView& view_;
    const MappingContext& context_;
    std::string_view model_;
};

}  // namespace

Result<std::vector<TracedParameter>> trace_settings(const VendorSpec& vendor,
                                                    const EffectiveSettings& settings,
                                                    const MappingContext& context) {
    const SettingView view(settings, context.secrets);
    std::vector<TracedParameter> traced;
    RuleMapper fixed(vendor, view, context);
    fixed.add_fixed();
    for (auto& one : fixed.take()) {
        const auto* const rule = fixed_of(vendor, one);
        traced.push_back({std::move(one), nullptr, rule});
    }
    for (const auto& rule : vendor.parameters) {
        RuleMapper mapper(vendor, view, context);
        PROVOST_CHECK(mapper.apply(rule));
        keep(traced, mapper.take(), &rule);
    }
    return traced;
}

std::vector<UnusedSetting> unused_settings(const VendorSpec& vendor, const EffectiveSettings& settings,
                                           const MappingContext& context,
                                           const std::vector<TracedParameter>& traced) {
    const SettingView view(settings, context.secrets);
    const Reasons reasons(vendor, view, context);
    std::vector<UnusedSetting> unused;
    for (const auto& one : view.all()) {
        if (setting(one.key.id).type == ValueType::secret) continue;
        const bool used = std::ranges::any_of(traced, [&](const TracedParameter& made) {
            return made.rule != nullptr && made.parameter.setting == one.key;
        });
        if (!used) unused.push_back({one, reasons.why(one)});
    }
    return unused;
}

}  // namespace provost
