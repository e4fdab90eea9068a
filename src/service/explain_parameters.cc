#include "service/explain_parameters.h"

#include "service/device_diff.h"
#include "service/fetched_picture.h"
#include "vendor/mapping_trace.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

using Said = Devices::Said;

std::string confidence_of(const Provenance& provenance) {
    static constexpr std::array<std::string_view, 3> words = {"high", "medium", "low"};
    return std::string(words.at(static_cast<std::size_t>(provenance.confidence)));
}

std::string joined(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& one : texts) all += (all.empty() ? "" : ", ") + one;
    return all;
}

const Setting* own_or_general(const Settings& settings, SettingKey key) {
    const Setting* general = nullptr;
    for (const auto& one : settings) {
        if (one.key == key) return &one;
        if (one.key.id == key.id && one.key.index == 0) general = &one;
    }
    return general;
}

class Explainer {
 public:
    Explainer(const Configuration& made, const std::vector<TracedParameter>& traced)
        : made_(made), traced_(traced) {}

    [[nodiscard]] Devices::ExplainedParameter explain(std::size_t place) const {
        const auto& parameter = made_.parameters[place];
        const auto origin = origin_of(made_, place);
        Devices::ExplainedParameter line;
        line.parameter = origin.parameter;
        line.secret = parameter.is_secret;
        line.value = parameter.is_secret ? "********" : parameter.value;
        line.layer = origin.layer;
        line.layer_name = origin.layer_name;
        line.setting = origin.setting;
        const auto overrides = overrides_of(place);
        if (!overrides.empty()) {
            line.why = "said by name, in place of what the settings make";
            add_overridden(overrides, line.otherwise);
            return line;
        }
        add_rule(parameter, line);
        if (line.setting.empty()) return line;
        if (line.why.empty()) line.why = setting(parameter.setting.id).meaning;
        if (!parameter.is_secret) add_layers(parameter.setting, parameter.layer, line.otherwise);
        return line;
    }

 private:
    [[nodiscard]] std::vector<const Overridden*> overrides_of(std::size_t place) const {
        std::vector<const Overridden*> found;
        for (const auto& one : made_.overridden)
            if (one.place == place) found.push_back(&one);
        return found;
    }

    [[nodiscard]] Said said(std::uint8_t layer, std::string value) const {
        const auto& from = made_.layers[layer];
        return {std::string(to_text(from.kind)), std::string(from.name), std::move(value)};
    }

    // What each override found in its place, the last first.
    void add_overridden(const std::vector<const Overridden*>& overrides, std::vector<Said>& out) const {
        for (auto one = overrides.rbegin(); one != overrides.rend(); ++one)
            if ((*one)->before) out.push_back(said((*one)->before->layer, (*one)->before->value));
    }

    // A later rule replaces an earlier one, so the last that fits is it.
    void add_rule(const Parameter& parameter, Devices::ExplainedParameter& line) const {
        const auto found = std::find_if(traced_.rbegin(), traced_.rend(), [&](const TracedParameter& one) {
            return one.parameter.name == parameter.name && one.parameter.attributes == parameter.attributes &&
                   one.parameter.is_secret == parameter.is_secret &&
                   one.parameter.setting == parameter.setting;
        });
        if (found == traced_.rend()) return;
        const auto& provenance = found->rule != nullptr    ? found->rule->provenance
                                 : found->fixed != nullptr ? found->fixed->provenance
                                                           : Provenance();
        line.rule = found->rule != nullptr ? found->rule->name.source() : "fixed";
        if (found->fixed != nullptr) line.why = found->fixed->reason;
        line.sources = joined(provenance.sources);
        line.confidence = confidence_of(provenance);
    }

    void add_layers(SettingKey key, std::uint8_t winner, std::vector<Said>& out) const {
        for (auto layer = made_.layers.size(); layer-- > 0;) {
            if (layer == winner) continue;
            const auto* const found = own_or_general(*made_.layers[layer].settings, key);
            if (found == nullptr) continue;
            auto one = said(static_cast<std::uint8_t>(layer), found->value);
            if (layer > winner) one.value += " (taken back)";
            out.push_back(std::move(one));
        }
    }

    const Configuration& made_;
    const std::vector<TracedParameter>& traced_;
};

}  // namespace

Status explain_parameters(const Device& device, const VendorSpec& vendor, const Configuration& made,
                          Devices::Explanation& explanation) {
    const MappingContext context{device.mac, device.model, device.firmware, &made.secrets};
    PROVOST_TRY(const auto traced, trace_settings(vendor, made.settings, context));
    const Explainer explainer(made, traced);
    for (std::size_t place = 0; place < made.parameters.size(); ++place)
        explanation.parameters.push_back(explainer.explain(place));
    const auto name_of = [&](std::uint8_t layer) {
        return std::pair(std::string(to_text(made.layers[layer].kind)), std::string(made.layers[layer].name));
    };
    for (const auto& one : made.overridden) {
        if (one.place) continue;
        const auto [kind, name] = name_of(one.layer);
        explanation.unsent.push_back({to_text(*one.override), one.override->value, kind, name, one.why_not});
    }
    for (const auto& one : unused_settings(vendor, made.settings, context, traced)) {
        const auto [kind, name] = name_of(one.setting.layer);
        explanation.unsent.push_back(
            {to_text(one.setting.key), std::string(one.setting.value), kind, name, one.why});
    }
    return {};
}

}  // namespace provost
