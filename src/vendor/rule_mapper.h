// Applies the rules of a vendor file, one after the other, to one phone's settings. mapping.cc drives it.
#pragma once

#include "vendor/mapping.h"
#include "vendor/setting_view.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

class RuleMapper {
 public:
    // All of them outlive the mapper.
    RuleMapper(const VendorSpec& vendor, const SettingView& settings, const MappingContext& context);

    [[nodiscard]] Status check_indices() const;  // P-2202
    void add_fixed();
    Status apply(const ParameterRule& rule);

    [[nodiscard]] Parameters take() { return std::move(out_); }

 private:
    // What one parameter is made of.
    struct Making {
        const ParameterRule& rule;
        const EffectiveSetting& from;  // the setting that makes the rule apply
        std::uint16_t line;            // from's own line, or the line of its key
        std::string_view value;        // after the value map
        std::string_view item = {};
        int position = 0;
    };

    [[nodiscard]] bool wanted(const std::optional<Pattern>& models, std::string_view from,
                              std::string_view below);
    [[nodiscard]] bool model_matches(const RE2& expression);
    [[nodiscard]] const EffectiveSetting* see(SettingId id, const Making& making) const;
    [[nodiscard]] bool holds(const Condition& condition, const Making& making) const;

    Status apply_to(const ParameterRule& rule, const EffectiveSetting& from);
    Status apply_to_list(const Making& whole);
    Status apply_to_each(const Making& whole, const std::vector<std::string_view>& listed);
    Status emit(const Making& making, const std::string* fixed_value = nullptr);

    [[nodiscard]] std::string fill(const Template& text, const Making& making) const;
    void append(std::string& out, const TemplatePart& part, const Making& making) const;
    [[nodiscard]] Status check_forbidden(const Making& making) const;

    const VendorSpec& vendor_;
    const SettingView& settings_;
    const MappingContext& context_;
    const ModelSpec* model_;
    std::string mac_lower_, mac_upper_;
    std::vector<std::pair<const RE2*, bool>> model_verdicts_;  // few distinct patterns, each matched once
    Parameters out_;
};

}  // namespace provost
