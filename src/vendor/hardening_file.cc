#include "vendor/hardening_file.h"

#include "domain/text.h"
#include "vendor/yaml_reader.h"

#include <set>

namespace provost {

namespace {

// What both kinds of rules have. An id is given once.
template <class Rule>
void read_head(YamlMap& map, Rule& rule, std::set<std::string>& ids) {
    const auto id = map.required("id");
    rule.id = id.words();
    rule.requirement = map.required("requirement").words();
    rule.says = map.required("says").words();
    if (!rule.id.empty() && !ids.insert(rule.id).second)
        id.mistake({"P-2110", "'" + printable(rule.id, 32) + "' is given twice", "", "",
                    "Give each rule an id of its own."});
}

std::optional<SettingId> read_setting(const Yaml& value) {
    const auto name = value.words();
    const auto key = parse_setting_key(name);
    if (!key) {
        if (!name.empty()) value.mistake({"P-2108", key.error().what, "", key.error().why, key.error().fix});
        return std::nullopt;
    }
    return key->id;
}

void read_value(const Yaml& value, HardeningRule& rule) {
    auto checked = parse_setting_value({rule.setting, 0}, value.words());
    if (checked)
        rule.values.push_back(std::move(*checked));
    else
        value.mistake({"P-2107", checked.error().what, "", checked.error().why, checked.error().fix});
}

void read_rule(const Yaml& item, HardeningProfile& profile, std::set<std::string>& ids) {
    YamlMap map(item);
    HardeningRule rule;
    read_head(map, rule, ids);
    const auto setting = map.required("setting");
    const auto value = map.required("value");
    const auto also = map.optional("also");
    const auto id = read_setting(setting);
    if (!id || !value) return;
    rule.setting = *id;
    if (profile.of(*id) != nullptr)
        setting.mistake({"P-2110", "another rule is about this setting", "", "",
                         "Name every text that passes in one rule: value, and also."});
    read_value(value, rule);
    if (also)
        for (const auto& one : also.one_or_more()) read_value(one, rule);
    profile.rules.push_back(std::move(rule));
}

void read_password(const Yaml& item, HardeningProfile& profile, std::set<std::string>& ids) {
    YamlMap map(item);
    PasswordRule rule;
    read_head(map, rule, ids);
    const auto secret = map.required("secret");
    const auto id = read_setting(secret);
    if (!id) return;
    rule.secret = *id;
    if (setting(*id).type != ValueType::secret)
        secret.mistake({"P-2107", "this setting is not a secret", "", "", "Put it among the rules."});
    profile.passwords.push_back(std::move(rule));
}

}  // namespace

HardeningFileOutcome read_hardening_file(std::string_view text, const std::string& origin) {
    Mistakes mistakes(origin);
    const auto tree = parse_yaml(text, mistakes);
    HardeningFileOutcome outcome;
    HardeningProfile profile;
    {
        YamlMap map(Yaml(&tree, mistakes));
        const auto format = map.required("format");
        if (format && format.text() != "1") format.unlisted({"1"});
        std::set<std::string> ids;
        for (const auto& item : map.required("rules").items()) read_rule(item, profile, ids);
        for (const auto& item : map.required("passwords").items()) read_password(item, profile, ids);
    }
    outcome.errors = mistakes.take();
    if (outcome.errors.empty() && profile.rules.empty())
        outcome.errors.push_back({"P-1107", "the hardening profile sets nothing", origin,
                                  "phones would be served unhardened",
                                  "Put the profile back that came with the program."});
    if (outcome.errors.empty()) outcome.profile = std::move(profile);
    return outcome;
}

}  // namespace provost
