#include "vendor/vendor_file_reader.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

bool is_id(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
    });
}

bool is_version(std::string_view text) {
    return !text.empty() && text.size() <= 32 && text.front() != '.' && text.back() != '.' &&
           text.find_first_not_of("0123456789.") == text.npos && text.find("..") == text.npos;
}

std::string version(const Yaml& value) {
    std::string text = value.text();
    if (value && value.is_text() && !is_version(text))
        value.mistake({"P-2107", "'" + printable(text, 32) + "' is not a firmware version", "", "",
                       "Write dotted numbers, such as 10.1.33."});
    return text;
}

}  // namespace

Provenance VendorFileReader::provenance(YamlMap& block) {
    Provenance out;
    for (const auto& item : block.required("source").one_or_more()) {
        const std::string name = item.text();
        if (spec.sources.contains(name)) {
            out.sources.push_back(name);
            continue;
        }
        std::vector<std::string_view> known;
        for (const auto& [id, words] : spec.sources) known.push_back(id);
        const auto near = nearest(name, known);
        item.mistake({"P-2108", "unknown source '" + printable(name, 64) + "'", "",
                      "'sources' does not list it",
                      near ? "Did you mean '" + std::string(*near) + "'?" : "Add it to 'sources'."});
    }
    out.confidence =
        block.required("confidence")
            .choice<Confidence>(
                {{"high", Confidence::high}, {"medium", Confidence::medium}, {"low", Confidence::low}},
                Confidence::low);
    out.note = block.optional("note").text();
    return out;
}

Pattern VendorFileReader::pattern(const Yaml& text, std::initializer_list<std::string_view> groups) {
    if (!text) return {};
    auto made = patterns.compile(text.text(), groups);
    if (made) return *made;
    if (text.is_text()) text.mistake(made.error());
    return {};
}

std::string VendorFileReader::id(const Yaml& text) {
    std::string out = text.text();
    if (text.is_text() && !is_id(out))
        text.mistake({"P-2107", "'" + printable(out, 64) + "' is not an id", "", "",
                      "Use letters, digits, '-', '_' and '.', at most 64."});
    return out;
}

void VendorFileReader::unique(const Yaml& at, const std::string& id, std::vector<std::string>& taken) {
    if (id.empty()) return;
    if (std::find(taken.begin(), taken.end(), id) != taken.end())
        at.mistake({"P-2110", "'" + printable(id, 64) + "' is given twice in this list", "", "",
                    "Rename one of them."});
    taken.push_back(id);
}

std::optional<SettingId> VendorFileReader::setting_name(const Yaml& name) {
    const std::string text = name.text();
    const auto found = find_setting(text);
    if (found || !name.is_text()) return found;
    std::vector<std::string_view> known;
    for (const auto& spec : all_settings()) known.push_back(spec.name);
    const auto near = nearest(text, known);
    name.mistake({"P-2108", "there is no setting '" + printable(text, 64) + "'", "", "",
                  near ? "Did you mean '" + std::string(*near) + "'?"
                       : "docs/reference/settings.md lists them; write them without an index."});
    return std::nullopt;
}

Template VendorFileReader::parse_template(const Yaml& text, std::string_view fallback) {
    auto made = Template::parse(text.text(fallback));
    if (made) return *made;
    text.mistake(made.error());
    return {};
}

void VendorFileReader::check_canonical(const Yaml& text, SettingId id) {
    if (!text.is_text()) return;
    if (auto error = canonical_error(text.text(), id)) text.mistake(std::move(*error));
}

std::optional<Error> VendorFileReader::canonical_error(const std::string& given, SettingId id) {
    const auto& spec = setting(id);
    const SettingKey key{id, static_cast<std::uint16_t>(spec.scope == SettingScope::global ? 0 : 1)};
    const auto canonical = parse_setting_value(key, given);
    const std::string name(spec.name);
    const std::string shown = "'" + printable(given, 64) + "' is ";
    if (!canonical)
        return Error{"P-2107", shown + "no value of " + name, "", canonical.error().why,
                     canonical.error().fix};
    if (*canonical != given)
        return Error{"P-2107", shown + "not how a value of " + name + " is kept", "", "",
                     "Write '" + *canonical + "'."};
    if (spec.type == ValueType::choice_list && given.find(',') != given.npos)
        return Error{"P-2107", shown + "more than one item of " + name, "", "",
                     "Give each item its own entry."};
    return std::nullopt;
}

void VendorFileReader::firmware_range(const Yaml& range, std::string& from, std::string& below) {
    if (!range) return;
    YamlMap map(range);
    from = version(map.optional("from"));
    below = version(map.optional("below"));
}

}  // namespace provost
