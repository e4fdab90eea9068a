#include "vendor/hardening_file.h"

#include "base/ascii.h"
#include "domain/text.h"
#include "vendor/vendor_file_reader.h"

#include <algorithm>
#include <set>

namespace provost {

namespace {

constexpr int longest_password = 128;
constexpr std::size_t most_factory_passwords = 1000;

// An id is given once.
void read_head(YamlMap& map, RuleHead& rule, std::set<std::string>& ids) {
    const auto id = map.required("id");
    rule.id = id.words();
    rule.requirement = map.required("requirement").words();
    rule.says = map.required("says").words();
    rule.severity = map.required("severity")
                        .choice<Severity>(
                            {{"low", Severity::low}, {"medium", Severity::medium}, {"high", Severity::high}},
                            Severity::high);
    if (!rule.id.empty() && !is_slug(rule.id))
        id.mistake({"P-2107", "'" + printable(rule.id, 32) + "' is no id", "", "",
                    "Write 1 to 32 of a-z, 0-9 and -."});
    if (!rule.id.empty() && !ids.insert(rule.id).second)
        id.mistake({"P-2110", "'" + printable(rule.id, 32) + "' is given twice", "", "",
                    "Give each rule an id of its own."});
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
    const auto id = VendorFileReader::setting_name(setting);
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
    rule.shortest = static_cast<std::size_t>(map.required("shortest").number(8, longest_password, 16));
    const auto id = VendorFileReader::setting_name(secret);
    if (!id) return;
    rule.secret = *id;
    if (profile.password_of(*id) != nullptr)
        secret.mistake({"P-2110", "another rule is about this secret", "", "", "Remove one of them."});
    if (setting(*id).type != ValueType::secret)
        secret.mistake({"P-2107", "this setting is not a secret", "", "", "Put it among the rules."});
    profile.passwords.push_back(std::move(rule));
}

void read_factory_passwords(const Yaml& list, HardeningProfile& profile) {
    auto& known = profile.factory_passwords;
    const auto items = list.items();
    if (items.size() > most_factory_passwords)
        list.mistake({"P-2107", "more than 1000 factory passwords", "", "", "Keep those of phones."});
    for (const auto& item : items) known.push_back(lower_case(item.words()));
    std::sort(known.begin(), known.end());
    known.erase(std::unique(known.begin(), known.end()), known.end());
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
        read_factory_passwords(map.required("factory_passwords"), profile);
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
