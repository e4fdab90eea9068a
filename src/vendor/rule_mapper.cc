#include "vendor/rule_mapper.h"

#include "domain/text.h"
#include "vendor/catalogue.h"
#include "vendor/value_map.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

void append_number(std::string& out, int number, int width) {
    char digits[12];
    const char* const end = std::to_chars(digits, digits + sizeof digits, number).ptr;
    for (auto missing = width - (end - digits); missing > 0; --missing) out += '0';
    out.append(static_cast<const char*>(digits), end);
}

bool reaches(const ParameterRule& rule, int index) {
    return index >= rule.first_index && (rule.last_index == 0 || index <= rule.last_index);
}

bool is_secret(SettingId id) {
    return setting(id).type == ValueType::secret;
}

Error beyond(SettingKey key, const std::string& who, int limit) {
    const bool line = setting(key.id).scope == SettingScope::line;
    const std::string word = line ? "line " : "key ";
    return {"P-2202", word + std::to_string(key.index) + " is beyond what the phone has", to_text(key),
            who + " has " + std::to_string(limit), "Use a lower number, or another model."};
}

}  // namespace

RuleMapper::RuleMapper(const VendorSpec& vendor, const SettingView& settings, const MappingContext& context)
    : vendor_(vendor),
      settings_(settings),
      context_(context),
      model_(find_model(vendor, context.model)),
      mac_lower_(context.mac.lower()),
      mac_upper_(context.mac.upper()) {
    out_.reserve(vendor.fixed.size() + vendor.parameters.size() + settings.all().size());
}

Status RuleMapper::check_indices() const {
    if (model_ == nullptr) return {};
    for (const auto& entry : settings_.all()) {
        const auto scope = setting(entry.key.id).scope;
        if (scope == SettingScope::global) continue;
        const int limit = scope == SettingScope::line ? model_->lines : model_->keys;
        if (entry.key.index > limit) return fail(beyond(entry.key, "model " + model_->id, limit));
    }
    return {};
}

bool RuleMapper::model_matches(const RE2& expression) {
    for (const auto& [known, verdict] : model_verdicts_) {
        if (known == &expression) return verdict;
    }
    const std::string_view id = model_ != nullptr ? std::string_view(model_->id) : std::string_view();
    const bool verdict = expression.Match({id.data(), id.size()}, 0, id.size(), RE2::ANCHOR_BOTH, nullptr, 0);
    model_verdicts_.emplace_back(&expression, verdict);
    return verdict;
}

bool RuleMapper::wanted(const std::optional<Pattern>& models, std::string_view from, std::string_view below) {
    if (models && !model_matches(*models->compiled)) return false;
    if (context_.firmware.empty()) return true;
    if (!from.empty() && compare_firmware(context_.firmware, from) < 0) return false;
    return below.empty() || compare_firmware(context_.firmware, below) < 0;
}

void RuleMapper::add_fixed() {
    for (const auto& fixed : vendor_.fixed) {
        if (!wanted(fixed.models, fixed.firmware_from, fixed.firmware_below)) continue;
        Parameter& made = out_.emplace_back();
        made.name = fixed.name;
        made.value = fixed.value;
        made.attributes = fixed.attributes;
    }
}

Status RuleMapper::apply(const ParameterRule& rule) {
    const auto group = settings_.of(rule.setting);
    if (group.empty() || !wanted(rule.models, rule.firmware_from, rule.firmware_below)) return {};
    for (const auto& entry : group) {
        if (entry.key.index != 0 && !reaches(rule, entry.key.index)) continue;
        PROVOST_CHECK(apply_to(rule, entry));
    }
    return {};
}

const EffectiveSetting* RuleMapper::see(SettingId id, const Making& making) const {
    switch (setting(id).scope) {
        case SettingScope::global:
            return settings_.find({id, 0});
        case SettingScope::line:
            return settings_.find({id, making.line});
        case SettingScope::key:
            return settings_.find({id, making.from.key.index});
    }
    return nullptr;
}

bool RuleMapper::holds(const Condition& condition, const Making& making) const {
    const auto* const found = see(condition.setting, making);
    if (found == nullptr) return condition.negate;
    const auto text = url_part(found->value, condition.part);
    const auto& texts = condition.any_of;
    const bool yes = condition.present ? condition.part == UrlPart::whole || !text.empty()
                                       : std::find(texts.begin(), texts.end(), text) != texts.end();
    return yes != condition.negate;
}

Status RuleMapper::apply_to(const ParameterRule& rule, const EffectiveSetting& from) {
    const auto index = from.key.index;
    const bool of_key = setting(rule.setting).scope == SettingScope::key;
    Making making{rule, from, of_key ? settings_.line_of_key(index) : index, from.value};
    for (const auto& condition : rule.when) {
        if (!holds(condition, making)) return {};
    }
    if (rule.max_index != 0 && index > rule.max_index)
        return fail(beyond(from.key, "parameter '" + rule.name.source() + "'", rule.max_index));
    if (is_secret(rule.setting)) return emit(making);
    if (rule.list != ListMode::none) return apply_to_list(making);
    if (rule.divide != 0 || rule.least || rule.most) {
        const std::string number = phone_number(rule, from.value);
        making.value = number;
        return emit(making);
    }
    PROVOST_TRY(making.value, map_value(rule, from.value, from.key));
    return emit(making);
}

Status RuleMapper::apply_to_list(const Making& whole) {
    const ParameterRule& rule = whole.rule;
    const auto listed = split_list(whole.from.value);
    std::vector<std::string_view> mapped;  // an item mapped to the empty text is left out
    for (const auto item : listed) {
        PROVOST_TRY(const auto text, map_value(rule, item, whole.from.key));
        if (!text.empty()) mapped.push_back(text);
    }
    Making making = whole;
    if (rule.list == ListMode::each) return apply_to_each(whole, mapped);
    if (rule.list == ListMode::nth) {
        if (static_cast<std::size_t>(rule.nth) > mapped.size()) return {};
        making.item = making.value = mapped[static_cast<std::size_t>(rule.nth) - 1];
        making.position = rule.nth;
        return emit(making);
    }
    if (mapped.empty()) return {};
    std::string joined;
    for (const auto text : mapped) {
        if (!joined.empty()) joined += rule.separator;
        joined += text;
    }
    making.value = joined;
    return emit(making);
}

Status RuleMapper::apply_to_each(const Making& whole, const std::vector<std::string_view>& listed) {
    Making making = whole;
    for (const auto& [canonical, text] : whole.rule.values) {
        if (text.empty()) continue;
        const auto found = std::find(listed.begin(), listed.end(), text);
        making.item = making.value = text;
        making.position = static_cast<int>(found - listed.begin()) + 1;
        PROVOST_CHECK(emit(making, found == listed.end() ? &whole.rule.absent_item : nullptr));
    }
    return {};
}

Status RuleMapper::emit(const Making& making, const std::string* fixed_value) {
    const ParameterRule& rule = making.rule;
    if (!rule.forbid.empty()) PROVOST_CHECK(check_forbidden(making));
    Parameter& made = out_.emplace_back();
    made.name = fill(rule.name, making);
    made.value = fixed_value != nullptr ? *fixed_value : fill(rule.value, making);
    made.attributes.reserve(rule.attributes.size());
    for (const auto& [name, text] : rule.attributes) made.attributes.emplace_back(name, fill(text, making));
    made.repeats = rule.repeats;
    made.layer = making.from.layer;
    made.setting = making.from.key;
    // Words alone go along with a secret ("....set = 1"); the secret itself is the renderer's to write.
    made.is_secret = is_secret(rule.setting) && rule.value.mentions(TemplatePart::Kind::value);
    if (!made.is_secret) return {};
    made.secret = making.from.key;
    made.form = rule.form;
    return {};
}

std::string RuleMapper::fill(const Template& text, const Making& making) const {
    const auto& parts = text.parts();
    if (parts.size() == 1 && parts[0].kind == TemplatePart::Kind::text) return parts[0].text;
    if (parts.size() == 1 && parts[0].kind == TemplatePart::Kind::value) return std::string(making.value);
    std::string out;
    out.reserve(text.source().size());
    for (const auto& part : parts) append(out, part, making);
    return out;
}

void RuleMapper::append(std::string& out, const TemplatePart& part, const Making& making) const {
    const int index = part.scope == SettingScope::line ? making.line : making.from.key.index;
    switch (part.kind) {
        case TemplatePart::Kind::text:
            out += part.text;
            return;
        case TemplatePart::Kind::index:
            append_number(out, index + part.offset, part.width);
            return;
        case TemplatePart::Kind::by_index:
            out += making.rule
                       .by_index[static_cast<std::size_t>(making.from.key.index - making.rule.first_index)];
            return;
        case TemplatePart::Kind::value:
            out += making.value;
            return;
        case TemplatePart::Kind::item:
            out += making.item;
            return;
        case TemplatePart::Kind::position:
            append_number(out, making.position + part.offset, part.width);
            return;
        case TemplatePart::Kind::mac_lower:
            out += mac_lower_;
            return;
        case TemplatePart::Kind::mac_upper:
            out += mac_upper_;
            return;
        case TemplatePart::Kind::setting:
            if (const auto* const found = see(part.setting, making))
                out += url_part(found->value, part.url_part);
            return;
    }
}

// The vendor file's own words (its value map, the text around the placeholders) are not checked: it may need
// them.
Status RuleMapper::check_forbidden(const Making& making) const {
    for (const auto& part : making.rule.value.parts()) {
        const EffectiveSetting* source = nullptr;
        if (part.kind == TemplatePart::Kind::setting) source = see(part.setting, making);
        if (part.kind == TemplatePart::Kind::value && making.rule.values.empty()) source = &making.from;
        if (source == nullptr) continue;
        const auto text = url_part(source->value, part.url_part);
        const auto at = text.find_first_of(making.rule.forbid);
        if (at == std::string_view::npos) continue;
        return fail({"P-2201", "the text holds '" + printable(text.substr(at, 1), 1) + "'",
                     to_text(source->key),
                     "this phone's parameter '" + making.rule.name.source() + "' can't carry it",
                     "Write it without that character."});
    }
    return {};
}

}  // namespace provost
