// Maps from a setting's texts to the vendor's: those of a rule, and the shared ones under `value_maps`.
#include "domain/text.h"
#include "vendor/vendor_file_rule_checks.h"

#include <algorithm>

namespace provost {

namespace {

void put_value(const std::string& text, const std::string& replacement, ParameterRule& rule) {
    if (text == "*") {
        rule.has_fallback = true;
        rule.fallback = replacement;
    } else {
        rule.values.emplace(text, replacement);
    }
}

// A shared map serves several settings, so what does not fit one of them is told where that one names it.
void check_shared(const Yaml& name, const ValueMap& map, SettingId id) {
    for (const auto& [text, replacement] : map.entries) {
        auto error = text == "*" ? std::nullopt : VendorFileReader::canonical_error(text, id);
        if (!error) continue;
        error->what = "in '" + map.name + "': " + error->what;
        error->fix = "Write a map of its own here, or name another.";
        name.mistake(std::move(*error));
        return;
    }
}

ValueMap* find_map(VendorFileReader& reader, const Yaml& name) {
    const auto text = name.text();
    std::vector<std::string_view> known;
    for (auto& map : reader.value_maps) {
        if (map.name == text) return &map;
        known.push_back(map.name);
    }
    const auto near = nearest(text, known);
    name.mistake({"P-2108", "there is no value map '" + printable(text, 64) + "'", "",
                  "'value_maps' does not list it",
                  near ? "Did you mean '" + std::string(*near) + "'?"
                       : "Add it there, or write the map here: {on: 1, off: 0}."});
    return nullptr;
}

}  // namespace

void read_value_maps(VendorFileReader& reader, const Yaml& maps) {
    if (!maps) return;
    for (const auto& [name, map] : maps.entries()) {
        ValueMap made{VendorFileReader::id(name), name, {}};
        for (const auto& [text, replacement] : map.entries())
            made.entries.emplace_back(text.text(), replacement.text());
        if (map.is_map() && made.entries.empty())
            map.mistake({"P-2106", "an empty value map", "", "no value would fit", "Write {on: 1, off: 0}."});
        reader.value_maps.push_back(std::move(made));
    }
}

void check_value_maps(const VendorFileReader& reader) {
    for (const auto& map : reader.value_maps) {
        if (map.used) continue;
        map.at.mistake({"P-2111", "the value map '" + printable(map.name, 64) + "' is not used", "",
                        "no rule has 'values: " + printable(map.name, 64) + "'", "Remove it."});
    }
}

void read_values(VendorFileReader& reader, const Yaml& values, ParameterRule& rule) {
    if (!values) return;
    if (values.is_text()) {
        auto* const map = find_map(reader, values);
        if (map == nullptr) return;
        map->used = true;
        check_shared(values, *map, rule.setting);
        for (const auto& [text, replacement] : map->entries) put_value(text, replacement, rule);
        return;
    }
    for (const auto& [text, replacement] : values.entries()) {
        if (text.text() != "*") VendorFileReader::check_canonical(text, rule.setting);
        put_value(text.text(), replacement.text(), rule);
    }
}

}  // namespace provost
