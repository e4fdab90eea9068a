#include "service/raw_settings.h"

#include "domain/text.h"
#include "service/named_vendor.h"
#include "vendor/raw_parameters.h"

#include <algorithm>

namespace provost {

namespace {

Status check_rules(const RawCheck& check, const VendorSpec& vendor, const RawOverride& one) {
    const auto* const rule = broken_rule(check.profile, check.lifted, vendor, one);
    if (rule == nullptr) return {};
    return fail({"P-2064", "this would break a rule of the hardening profile", printable(to_text(one), 96),
                 rule->id + " (" + rule->requirement + "): " + rule->says,
                 "Leave it out, or lift the rule first: provost exception add " + rule->id + " " +
                     check.place + " --owner WHO --reason WHY"});
}

// Positions of the parameters that an override means.
std::vector<std::size_t> places_of(const Parameters& parameters, const std::string& spelled) {
    std::vector<std::size_t> places;
    const auto [name, index] = split_raw_index(spelled);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
        const auto& one = parameters[i];
        const bool whole = one.name == spelled;
        const bool indexed =
            one.name == name && !one.attributes.empty() && one.attributes.front().second == index;
        if (whole || (!index.empty() && indexed)) places.push_back(i);
    }
    return places;
}

class Overriding {
 public:
    Overriding(const VendorSpec& vendor, std::string_view model, Configuration& made)
        : vendor_(vendor), model_(model), made_(made) {}

    void apply(const RawOverride& one, std::uint8_t layer) {
        const auto [name, index] = split_raw_index(one.parameter);
        const auto known = find_parameter(vendor_, name, index, model_);
        const auto places = places_of(made_.parameters, one.parameter);
        if (known && known->carries_secret) return leave_out(one, layer, "it carries a secret");
        for (const auto place : places) replace(one, layer, place);
        if (!places.empty()) return;
        if (!known) return leave_out(one, layer, "the vendor file does not list it any more");
        if (!known->for_model) return leave_out(one, layer, "it is for other models");
        add(one, layer, std::string(name), known->attributes);
    }

 private:
    void leave_out(const RawOverride& one, std::uint8_t layer, std::string why) {
        made_.overridden.push_back({&one, layer, {}, {}, std::move(why)});
    }

    void replace(const RawOverride& one, std::uint8_t layer, std::size_t place) {
        auto& parameter = made_.parameters[place];
        if (parameter.is_secret) return leave_out(one, layer, "it carries a secret");
        made_.overridden.push_back({&one, layer, place, parameter, {}});
        parameter.value = one.value;
        parameter.layer = layer;
    }

    void add(const RawOverride& one, std::uint8_t layer, std::string name,
             const std::vector<std::pair<std::string, std::string>>& attributes) {
        made_.overridden.push_back({&one, layer, made_.parameters.size(), {}, {}});
        auto& parameter = made_.parameters.emplace_back();
        parameter.name = std::move(name);
        parameter.value = one.value;
        parameter.attributes = attributes;
        parameter.layer = layer;
    }

    const VendorSpec& vendor_;
    std::string_view model_;
    Configuration& made_;
};

}  // namespace

Status apply_raw_settings(const RawSettings& typed, const RawCheck& check, RawOverrides& overrides) {
    for (const auto& [spelled, value] : typed) {
        if (!is_raw_name(spelled)) continue;
        PROVOST_TRY(const auto name, parse_raw_name(spelled));
        if (value.empty()) {
            erase(overrides, name);
            continue;
        }
        PROVOST_TRY(const auto* const vendor, named_vendor(name.vendor, check.vendors.catalogue()));
        RawOverride one{vendor->id, std::string(name.parameter), value};
        PROVOST_CHECK(check_raw_override(*vendor, check.vendors.syntax(*vendor, ""), one));
        PROVOST_CHECK(check_rules(check, *vendor, one));
        put(overrides, std::move(one));
    }
    return {};
}

void apply_overrides(const Device& device, const VendorSpec& vendor, std::string_view model,
                     Configuration& made) {
    Overriding overriding(vendor, model, made);
    for (const auto& [beside, overrides] : made.policy->raw_layers(device)) {
        const auto layer =
            std::find_if(made.layers.begin(), made.layers.end(),
                         [settings = beside](const Layer& one) { return one.settings == settings; });
        for (const auto& one : *overrides)
            if (one.vendor == device.vendor)
                overriding.apply(one, static_cast<std::uint8_t>(layer - made.layers.begin()));
    }
}

}  // namespace provost
