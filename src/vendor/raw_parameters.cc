#include "vendor/raw_parameters.h"

#include "domain/text.h"
#include "vendor/catalogue.h"
#include "vendor/template_match.h"
#include "vendor/value_map.h"

#include <algorithm>

namespace provost {

namespace {

using Attributes = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t longest_value = 4096;

bool is_secret(const ParameterRule& rule) {
    return setting(rule.setting).type == ValueType::secret;
}

bool whole(const Pattern& pattern, std::string_view text) {
    return RE2::FullMatch({text.data(), text.size()}, *pattern.compiled);
}

bool fits_model(const std::optional<Pattern>& models, std::string_view model) {
    return !models || whole(*models, model);
}

std::string_view first_number(std::string_view text) {
    const auto begin = text.find_first_of("0123456789");
    if (begin == text.npos) return "1";
    return text.substr(
        begin, std::min<std::size_t>(text.find_first_not_of("0123456789", begin), text.size()) - begin);
}

// What a rule's attributes are when `index` stands for its line or key; none where they hold more than that.
Attributes attributes_of(const ParameterRule& rule, std::string_view index) {
    Attributes attributes;
    for (const auto& [name, text] : rule.attributes) attributes.emplace_back(name, example_of(text, index));
    return attributes;
}

bool index_fits(const Attributes& attributes, std::string_view index) {
    return index.empty() || (!attributes.empty() && attributes.front().second == index);
}

class Search {
 public:
    Search(const VendorSpec& vendor, std::string_view name, std::string_view index, std::string_view model)
        : vendor_(vendor), name_(name), index_(index), model_(model) {}

    std::optional<KnownParameter> run() {
        for (const auto& rule : vendor_.parameters) look_at(rule);
        for (const auto& fixed : vendor_.fixed)
            if (fixed.name == name_ && index_fits(fixed.attributes, index_))
                note(fixed.models, fixed.attributes, nullptr);
        for (const auto& raw : vendor_.raw)
            if (whole(raw.parameter, name_) && index_fits(raw.attributes, index_))
                note(raw.models, raw.attributes, found_ ? nullptr : &raw);
        return std::move(found_);
    }

 private:
    void look_at(const ParameterRule& rule) {
        if (is_secret(rule) && matches_in_any_case(rule.name, name_)) {
            note(rule.models, {}, nullptr);
            found_->carries_secret = true;
        } else if (matches(rule.name, name_)) {
            auto attributes = attributes_of(rule, index_.empty() ? first_number(name_) : index_);
            if (index_fits(attributes, index_)) note(rule.models, std::move(attributes), nullptr);
        }
    }

    void note(const std::optional<Pattern>& models, Attributes attributes, const RawRule* raw) {
        if (!found_) {
            found_ = KnownParameter{};
            found_->raw = raw;
        }
        if (found_->for_model || !fits_model(models, model_)) return;
        found_->for_model = true;
        found_->attributes = std::move(attributes);
    }

    const VendorSpec& vendor_;
    std::string_view name_, index_, model_;
    std::optional<KnownParameter> found_;
};

Error unknown(const VendorSpec& vendor, const RawOverride& one) {
    const auto name = split_raw_index(one.parameter).first;
    std::vector<std::string> names;
    for (const auto& rule : vendor.parameters)
        if (!is_secret(rule)) names.push_back(example_of(rule.name, first_number(name)));
    for (const auto& fixed : vendor.fixed) names.push_back(fixed.name);
    const std::vector<std::string_view> views(names.begin(), names.end());
    Error error{"P-2061", vendor.name + " phones have no parameter '" + printable(one.parameter, 64) + "'",
                printable(to_text(one), 96), "the vendor file does not list it"};
    if (const auto near = nearest(name, views))
        error.offer("raw." + vendor.id + "." + std::string(*near));
    else
        error.fix = "List it under 'raw' in the vendor file, with its source.";
    return error;
}

Error bad_value(const RawOverride& one, std::string why, std::string fix) {
    return {"P-2063", "value refused", printable(to_text(one), 96), std::move(why), std::move(fix)};
}

Status check_value(const Syntax& syntax, const KnownParameter& known, const RawOverride& one) {
    if (!is_clean_text(one.value) || one.value.size() > longest_value)
        return fail(bad_value(one, "it is longer than 4096 bytes, or holds control characters",
                              "Shorten or remove them."));
    if (known.raw != nullptr && known.raw->value && !whole(*known.raw->value, one.value))
        return fail(bad_value(one, "it does not look like " + known.raw->value->text,
                              "Write one that does; the vendor file says so."));
    Parameter parameter;
    parameter.name = split_raw_index(one.parameter).first;
    parameter.value = one.value;
    parameter.attributes = known.attributes;
    OutputBuffer bytes;
    class None final : public SecretSource {
        [[nodiscard]] std::string_view secret(SettingKey) const override { return {}; }
    };
    if (const auto rendered = syntax.render({parameter}, None(), bytes); !rendered)
        return fail(bad_value(one, rendered.error().what + ": " + rendered.error().why,
                              "These phones' file can't carry it; write it without that."));
    return {};
}

bool accepts_one_of(const ParameterRule& rule, const HardeningRule& hard) {
    return std::ranges::all_of(rule.when, [&](const Condition& condition) {
        if (condition.setting != rule.setting || condition.present || condition.part != UrlPart::whole)
            return true;
        return std::ranges::any_of(hard.values, [&](const std::string& accepted) {
            const bool listed = std::ranges::find(condition.any_of, accepted) != condition.any_of.end();
            return listed != condition.negate;
        });
    });
}

// The vendor's words for what the profile accepts, where the rule says nothing else.
void add_words(const ParameterRule& rule, const HardeningRule& hard, std::vector<std::string>& words) {
    const auto& parts = rule.value.parts();
    if (rule.list != ListMode::none || rule.divide != 0 || parts.size() != 1) return;
    if (!accepts_one_of(rule, hard)) return;
    if (parts[0].kind == TemplatePart::Kind::text) words.push_back(parts[0].text);
    if (parts[0].kind != TemplatePart::Kind::value) return;
    for (const auto& accepted : hard.values)
        if (const auto text = map_value(rule, accepted, {rule.setting, 0})) words.emplace_back(*text);
}

}  // namespace

std::optional<KnownParameter> find_parameter(const VendorSpec& vendor, std::string_view name,
                                             std::string_view index, std::string_view model) {
    return Search(vendor, name, index, model).run();
}

Status check_raw_override(const VendorSpec& vendor, const Syntax& syntax, const RawOverride& one) {
    const auto [name, index] = split_raw_index(one.parameter);
    // Any model: a tenant has several.
    auto known = Search(vendor, name, index, "").run();
    if (!known) return fail(unknown(vendor, one));
    if (known->carries_secret)
        return fail({"P-2062", "this parameter carries a secret", printable(to_text(one), 96),
                     "Provost generates it and never stores one that a person typed",
                     "Leave it out; arm the device to make a fresh one."});
    return check_value(syntax, *known, one);
}

const HardeningRule* broken_rule(const HardeningProfile& profile, const LiftedRules& lifted,
                                 const VendorSpec& vendor, const RawOverride& one) {
    const auto name = split_raw_index(one.parameter).first;
    const HardeningRule* governing = nullptr;
    std::vector<std::string> words;
    for (const auto& rule : vendor.parameters) {
        const auto* const hard = profile.of(rule.setting);
        if (hard == nullptr || !matches(rule.name, name)) continue;
        if (lifted.has(static_cast<std::size_t>(hard - profile.rules.data()))) continue;
        governing = hard;
        add_words(rule, *hard, words);
    }
    if (words.empty() || std::ranges::find(words, one.value) != words.end()) return nullptr;
    return governing;
}

}  // namespace provost
