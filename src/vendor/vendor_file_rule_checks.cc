#include "vendor/vendor_file_rule_checks.h"

#include <algorithm>

namespace provost {

namespace {

using Kind = TemplatePart::Kind;

bool is_secret(SettingId id) {
    return setting(id).type == ValueType::secret;
}

// What a rule of this scope can see: global settings always, lines from keys too (the key's own line).
bool visible(SettingScope from, SettingScope wanted) {
    return wanted == SettingScope::global || wanted == from ||
           (from == SettingScope::key && wanted == SettingScope::line);
}

// An operator's free words in a parameter's name would let them choose which parameter they set.
bool free_text(const TemplatePart& part) {
    if (part.kind == Kind::value) return true;
    if (part.kind != Kind::setting) return false;
    const auto type = setting(part.setting).type;
    return type != ValueType::number && type != ValueType::choice && type != ValueType::toggle;
}

// Plain text, then the secret; or plain text alone.
bool writes_secret_last(const Template& value) {
    const auto& parts = value.parts();
    return std::all_of(parts.begin(), parts.end(), [&](const TemplatePart& part) {
        return part.kind == Kind::text || (part.kind == Kind::value && &part == &parts.back());
    });
}

bool names_index(const Template& text, SettingScope scope) {
    return std::any_of(text.parts().begin(), text.parts().end(), [&](const TemplatePart& part) {
        return (part.kind == Kind::index && part.scope == scope) || part.kind == Kind::by_index;
    });
}

// The lowest index that a placeholder is given: the rule's own begins where the rule does.
int least_index(const TemplatePart& part, const ParameterRule& rule) {
    return part.scope == setting(rule.setting).scope ? rule.first_index : 1;
}

}  // namespace

void check_template(const Yaml& at, const Template& text, const ParameterRule& rule) {
    for (const auto& part : text.parts()) {
        if (!visible(setting(rule.setting).scope, part.scope))
            at.mistake({"P-2111", "a placeholder that has no index under this setting", "",
                        "a rule knows its own line or key only, and a key's rule the key's line",
                        "Move it to a rule under a 'line.' or 'key.' setting."});
        const bool of_list = part.kind == Kind::item || part.kind == Kind::position;
        if (of_list && rule.list != ListMode::each && rule.list != ListMode::nth)
            at.mistake({"P-2111", "'{item}' and '{position}' need 'list: each' or 'list: nth'", "", "",
                        "Use '{value}', or add 'list'."});
        if (part.kind == Kind::by_index && rule.by_index.empty())
            at.mistake({"P-2111", "'{by_index}' needs a list 'by_index'", "", "",
                        "Add 'by_index' with a text for each line or key."});
        if (part.kind == Kind::index && part.offset < -least_index(part, rule))
            at.mistake({"P-2111", "'" + std::string(text.source()) + "' would be a negative number", "",
                        "the rule applies to indexes too low for what is taken off",
                        "Add 'index: {from: " + std::to_string(-part.offset) + "}', or more."});
    }
}

void check_name(const Yaml& at, const ParameterRule& rule) {
    const auto& parts = rule.name.parts();
    if (!at.is_text()) return;
    if (at.text().empty()) at.mistake({"P-2107", "the parameter has no name", "", "", "Write one."});
    if (parts.empty()) return;  // told already
    if (std::any_of(parts.begin(), parts.end(), free_text))
        at.mistake({"P-2111", "free text in a parameter's name", "",
                    "whoever sets it could set any parameter",
                    "Use an index, {item}, {position}, {mac}, or a number or choice."});
    const auto scope = setting(rule.setting).scope;
    const bool told_apart =
        scope == SettingScope::global || rule.last_index == rule.first_index || rule.repeats ||
        names_index(rule.name, scope) ||
        std::any_of(rule.attributes.begin(), rule.attributes.end(),
                    [&](const auto& attribute) { return names_index(attribute.second, scope); });
    const std::string word = scope == SettingScope::key ? "key" : "line";
    if (!told_apart)
        at.mistake({"P-2111", "every " + word + " would write this same parameter", "",
                    "neither its name nor an attribute holds the index",
                    "Add {" + word +
                        "} to the name, or 'index: 1' to the rule; where the phone wants the name "
                        "once for each, 'repeat: yes'."});
    if (rule.list == ListMode::each && !rule.name.mentions(Kind::item))
        at.mistake({"P-2111", "every item of the list would write this same parameter", "", "",
                    "Add {item} to the name."});
}

void check_by_index(const Yaml& at, const ParameterRule& rule) {
    const auto used = [](const Template& text) { return text.mentions(Kind::by_index); };
    if (setting(rule.setting).scope == SettingScope::global) return;  // told already
    if (at && !used(rule.name) && !used(rule.value) &&
        std::none_of(rule.attributes.begin(), rule.attributes.end(),
                     [&](const auto& attribute) { return used(attribute.second); }))
        at.mistake({"P-2111", "this list is not used", "", "", "Write {by_index} where its texts belong."});
}

void check_values(const Yaml& at, const ParameterRule& rule) {
    const auto type = setting(rule.setting).type;
    if (is_secret(rule.setting)) {
        const bool mapped = !rule.values.empty() || rule.has_fallback;
        const bool elsewhere =
            std::any_of(rule.attributes.begin(), rule.attributes.end(),
                        [](const auto& attribute) { return attribute.second.mentions(Kind::value); });
        if (mapped || elsewhere || !writes_secret_last(rule.value))
            at.mistake(
                {"P-2111", "a secret's value must be '{value}', with plain text in front at most", "",
                 "its bytes are written by the renderer alone",
                 "Write words and then '{value}', or words alone for a parameter beside the secret's."});
    }
    if (type == ValueType::choice_list && !rule.values.empty() && rule.list == ListMode::none)
        at.mistake({"P-2111", "'values' of a list setting need 'list'", "", "",
                    "Add 'list: join', 'each' or 'nth'."});
    if (rule.list == ListMode::each && rule.values.empty())
        at.mistake({"P-2111", "'list: each' needs 'values'", "", "they say which parameters there are",
                    "Add 'values' with an entry per item."});
}

void check_list(const Yaml& at, const ParameterRule& rule) {
    if (rule.list != ListMode::none && setting(rule.setting).type != ValueType::choice_list)
        at.mistake({"P-2111", "this setting is not a list", "", "", "Remove 'list'."});
}

bool is_comparable(SettingId id) {
    const auto type = setting(id).type;
    return type != ValueType::secret && type != ValueType::choice_list;
}

void check_condition(const Yaml& at, const Condition& condition, const ParameterRule& rule) {
    const auto& wanted = setting(condition.setting);
    if (!visible(setting(rule.setting).scope, wanted.scope))
        at.mistake({"P-2111", "this condition has no index under this setting", "",
                    "a rule knows its own line or key only, and a key's rule the key's line",
                    "Move it to a rule under a 'line.' or 'key.' setting."});
    if (!condition.present && !is_comparable(condition.setting))
        at.mistake({"P-2111", "a secret or a list can't be compared", "", "", "Use 'present' or 'absent'."});
}

}  // namespace provost
