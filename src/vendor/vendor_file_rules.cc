// The blocks that make parameters: `fixed` and `settings`.
#include "domain/text.h"
#include "vendor/vendor_file_rule_checks.h"

#include <algorithm>

namespace provost {

namespace {

void read_texts(const Yaml& list, Condition& condition) {
    for (const auto& item : list.one_or_more()) {
        if (is_comparable(condition.setting) && condition.part == UrlPart::whole)
            VendorFileReader::check_canonical(item, condition.setting);
        condition.any_of.push_back(item.text());
    }
}

// `present`, `absent`, `[a, b]` or `{not: [a, b]}`
void read_test(const Yaml& test, Condition& condition) {
    if (test.is_map()) {
        YamlMap map(test);
        condition.negate = true;
        read_texts(map.required("not"), condition);
    } else if (test.is_text()) {
        condition.present = true;
        condition.negate = test.choice<bool>({{"present", false}, {"absent", true}}, false);
    } else {
        read_texts(test, condition);
    }
}

void read_conditions(const Yaml& map, ParameterRule& rule) {
    if (!map) return;
    for (const auto& [name, test] : map.entries()) {
        Condition condition;
        if (const auto part = find_part_of_setting(name.text())) {
            condition.setting = part->setting;
            condition.part = part->part;
        } else {
            const auto id = VendorFileReader::setting_name(name);
            if (!id) continue;
            condition.setting = *id;
        }
        read_test(test, condition);
        check_condition(name, condition, rule);
        rule.when.push_back(std::move(condition));
    }
}

void read_attributes(const Yaml& map, ParameterRule& rule) {
    if (!map) return;
    for (const auto& [name, value] : map.entries()) {
        rule.attributes.emplace_back(name.words(), VendorFileReader::parse_template(value, ""));
        check_template(value, rule.attributes.back().second, rule);
    }
}

void read_list(YamlMap& map, ParameterRule& rule) {
    const auto list = map.optional("list");
    rule.list = list.choice<ListMode>(
        {{"join", ListMode::join}, {"each", ListMode::each}, {"nth", ListMode::nth}}, ListMode::none);
    const auto separator = map.optional("separator");
    rule.separator = separator.text(",");
    const auto nth = rule.list == ListMode::nth ? map.required("nth") : map.optional("nth");
    rule.nth = nth.number(1, 64, 0);
    const auto absent = rule.list == ListMode::each ? map.required("absent") : map.optional("absent");
    rule.absent_item = absent.text();
    check_list(list, rule);
    const auto misplaced = [&](const Yaml& key, ListMode mode, const char* name) {
        if (key && rule.list != mode)
            key.mistake({"P-2111", "this key needs 'list: " + std::string(name) + "'", "", "", "Remove it."});
    };
    misplaced(separator, ListMode::join, "join");
    misplaced(nth, ListMode::nth, "nth");
    misplaced(absent, ListMode::each, "each");
}

// `1`, or `{from: 2, to: 8}` with either or both
void read_range(const Yaml& index, int most, ParameterRule& rule) {
    if (!index) return;
    if (!index.is_map()) {
        rule.first_index = rule.last_index = index.number(1, most, 1);
        return;
    }
    YamlMap range(index);
    const auto to = range.optional("to");
    rule.first_index = range.optional("from").number(1, most, 1);
    rule.last_index = to.number(1, most, 0);
    if (to && rule.last_index < rule.first_index)
        to.mistake({"P-2111", "the range ends before it begins", "", "", "Swap 'from' and 'to'."});
}

// A text for each index, from the rule's first. Where the file gives no end, there is none beyond the list.
void read_by_index(const Yaml& list, int most, ParameterRule& rule) {
    if (!list) return;
    for (const auto& item : list.one_or_more()) {
        std::string text = item.words();
        if (std::find(rule.by_index.begin(), rule.by_index.end(), text) != rule.by_index.end())
            item.mistake({"P-2110", "'" + printable(text, 64) + "' is given twice in this list", "",
                          "two lines or keys would write the same parameter", "Give each its own."});
        rule.by_index.push_back(std::move(text));
    }
    const int last = rule.first_index + static_cast<int>(rule.by_index.size()) - 1;
    if (last > most || (rule.last_index != 0 && rule.last_index != last))
        list.mistake({"P-2111", "the list has " + std::to_string(rule.by_index.size()) + " texts", "",
                      "the rule's first index is " + std::to_string(rule.first_index) + ", its last " +
                          std::to_string(rule.last_index == 0 ? most : rule.last_index),
                      "Give one text for each."});
    if (rule.last_index == 0 && (rule.max_index == 0 || rule.max_index > last)) rule.max_index = last;
}

void read_index(YamlMap& map, ParameterRule& rule) {
    const auto scope = setting(rule.setting).scope;
    const int most = scope == SettingScope::line ? max_lines : max_keys;
    const auto max_index = map.optional("max_index");
    const auto index = map.optional("index");
    const auto by_index = map.optional("by_index");
    rule.max_index = max_index.number(1, most, 0);
    read_range(index, most, rule);
    read_by_index(by_index, most, rule);
    for (const auto& key : {max_index, index, by_index}) {
        if (key && scope == SettingScope::global)
            key.mistake({"P-2111", "this setting has no index", "", "", "Remove the key."});
    }
}

bool read_repeat(const VendorFileReader& reader, const Yaml& repeat, const ParameterRule& rule) {
    const bool repeats = repeat.toggle(false);
    if (repeats && setting(rule.setting).scope == SettingScope::global)
        repeat.mistake({"P-2111", "this setting has no index", "", "there is nothing to repeat the name for",
                        "Remove the key."});
    if (repeats && reader.spec.output.syntax != "key-value")
        repeat.mistake({"P-2111", "a name can't be repeated in this syntax", "",
                        "phones that read '" + reader.spec.output.syntax + "' take one of each name",
                        "Put the index into the name or an attribute."});
    return repeats;
}

// How the phone counts, and what it takes.
void read_number(YamlMap& map, ParameterRule& rule) {
    constexpr int largest = 100'000'000;
    const auto divide = map.optional("divide");
    const auto least = map.optional("least");
    const auto most = map.optional("most");
    rule.divide = divide.number(2, 86400, 0);
    if (least) rule.least = least.number(0, largest, 0);
    if (most) rule.most = most.number(0, largest, largest);
    if (least && most && *rule.most < *rule.least)
        most.mistake({"P-2111", "'most' is below 'least'", "", "", "Swap them."});
    for (const auto& key : {divide, least, most}) {
        if (key && setting(rule.setting).type != ValueType::number)
            key.mistake({"P-2111", "this setting is not a number", "", "", "Remove the key."});
        else if (key && (!rule.values.empty() || rule.has_fallback))
            key.mistake({"P-2111", "a number is either counted or looked up", "",
                         "this rule has 'values', too", "Remove one of them."});
    }
}

SecretForm read_form(const Yaml& as, const ParameterRule& rule) {
    const auto form = as.choice<SecretForm>({{"md5-crypt", SecretForm::md5_crypt}}, SecretForm::clear);
    if (as && setting(rule.setting).type != ValueType::secret)
        as.mistake({"P-2111", "this setting is not a secret", "", "only a secret is hashed", "Remove 'as'."});
    else if (as && !rule.value.mentions(TemplatePart::Kind::value))
        as.mistake({"P-2111", "there is no secret to hash", "", "'value' lacks '{value}'", "Remove 'as'."});
    return form;
}

ParameterRule read_rule(VendorFileReader& reader, const Yaml& block, SettingId id) {
    YamlMap map(block);
    ParameterRule rule;
    rule.setting = id;
    read_list(map, rule);
    read_index(map, rule);
    const auto name = map.required("parameter");
    const auto value = map.optional("value");
    const auto values = map.optional("values");
    rule.name = VendorFileReader::parse_template(name, "");
    rule.value = VendorFileReader::parse_template(value, "{value}");
    read_values(reader, values, rule);
    read_attributes(map.optional("attributes"), rule);
    read_conditions(map.optional("when"), rule);
    if (const auto models = map.optional("models")) rule.models = reader.pattern(models, {});
    VendorFileReader::firmware_range(map.optional("firmware"), rule.firmware_from, rule.firmware_below);
    rule.forbid = map.optional("forbid").text();
    read_number(map, rule);
    rule.form = read_form(map.optional("as"), rule);
    rule.repeats = read_repeat(reader, map.optional("repeat"), rule);
    rule.provenance = reader.provenance(map);
    check_template(name, rule.name, rule);
    check_template(value, rule.value, rule);
    check_name(name, rule);
    check_by_index(map.optional("by_index"), rule);
    check_values(value ? value : values ? values : name, rule);
    return rule;
}

FixedParameter read_fixed_parameter(VendorFileReader& reader, const Yaml& block) {
    YamlMap map(block);
    FixedParameter fixed;
    fixed.name = map.required("parameter").words();
    fixed.value = map.required("value").text();
    if (const auto attributes = map.optional("attributes")) {
        for (const auto& [name, value] : attributes.entries())
            fixed.attributes.emplace_back(name.words(), value.text());
    }
    if (const auto models = map.optional("models")) fixed.models = reader.pattern(models, {});
    VendorFileReader::firmware_range(map.optional("firmware"), fixed.firmware_from, fixed.firmware_below);
    fixed.reason = map.required("reason").words();
    fixed.provenance = reader.provenance(map);
    return fixed;
}

}  // namespace

void read_fixed(VendorFileReader& reader, const Yaml& list) {
    if (!list) return;
    for (const auto& item : list.items()) reader.spec.fixed.push_back(read_fixed_parameter(reader, item));
}

void read_rules(VendorFileReader& reader, const Yaml& map) {
    if (!map) return;
    for (const auto& [name, rules] : map.entries()) {
        const auto id = VendorFileReader::setting_name(name);
        if (!id) continue;
        for (const auto& item : rules.items()) reader.spec.parameters.push_back(read_rule(reader, item, *id));
    }
}

}  // namespace provost
