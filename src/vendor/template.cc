#include "vendor/template.h"

#include "domain/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace provost {

namespace {

using Kind = TemplatePart::Kind;

struct Placeholder {
    std::string_view name;
    Kind kind;
    SettingScope scope = SettingScope::global;
};
constexpr std::array placeholders = {
    Placeholder{"line", Kind::index, SettingScope::line},
    Placeholder{"line0", Kind::index0, SettingScope::line},
    Placeholder{"key", Kind::index, SettingScope::key},
    Placeholder{"key0", Kind::index0, SettingScope::key},
    Placeholder{"value", Kind::value},
    Placeholder{"item", Kind::item},
    Placeholder{"position", Kind::position},
    Placeholder{"mac", Kind::mac_lower},
    Placeholder{"MAC", Kind::mac_upper},
};

Error unknown_placeholder(std::string_view name) {
    std::vector<std::string_view> known;
    for (const auto& placeholder : placeholders) known.push_back(placeholder.name);
    std::vector<std::string> parts;
    for (const auto& spec : all_settings()) {
        known.push_back(spec.name);
        if (spec.type != ValueType::url) continue;
        for (const auto* const part : {".address", ".host", ".port", ".path"})
            parts.push_back(std::string(spec.name) + part);
    }
    known.insert(known.end(), parts.begin(), parts.end());
    Error error{"P-2101", "unknown placeholder '{" + printable(name, 64) + "}'"};
    const auto near = nearest(name, known);
    error.fix = near ? "Did you mean '{" + std::string(*near) + "}'?" : "Write '{{' for a brace itself.";
    return error;
}

Result<TemplatePart> parse_placeholder(std::string_view name) {
    for (const auto& placeholder : placeholders) {
        if (placeholder.name == name) return TemplatePart{placeholder.kind, {}, 0, placeholder.scope};
    }
    if (const auto part = find_part_of_setting(name))
        return TemplatePart{Kind::setting, {}, part->setting, setting(part->setting).scope, part->part};
    const auto id = find_setting(name);
    if (!id) return fail(unknown_placeholder(name));
    if (setting(*id).type == ValueType::secret)
        return fail({"P-2101", "'{" + std::string(name) + "}' is a secret", "",
                     "a secret is never part of a longer text",
                     "Give it a parameter of its own, with the value '{value}'."});
    return TemplatePart{Kind::setting, {}, *id, setting(*id).scope};
}

void append_text(std::vector<TemplatePart>& parts, std::string_view text) {
    if (text.empty()) return;
    if (parts.empty() || parts.back().kind != Kind::text) parts.push_back({});
    parts.back().text += text;
}

}  // namespace

std::optional<UrlPartName> find_part_of_setting(std::string_view name) {
    const auto dot = name.rfind('.');
    if (dot == name.npos) return std::nullopt;
    const auto id = find_setting(name.substr(0, dot));
    const auto part = find_url_part(name.substr(dot + 1));
    if (!id || !part || setting(*id).type != ValueType::url) return std::nullopt;
    return UrlPartName{*id, *part};
}

Result<Template> Template::parse(std::string_view text) {
    Template made;
    made.source_ = text;
    while (!text.empty()) {
        const auto brace = text.find_first_of("{}");
        append_text(made.parts_, text.substr(0, brace));
        if (brace == text.npos) break;
        text.remove_prefix(brace);
        if (text.size() > 1 && text[1] == text[0]) {
            append_text(made.parts_, text.substr(0, 1));
            text.remove_prefix(2);
            continue;
        }
        const auto end = text.find('}');
        if (text[0] == '}' || end == text.npos)
            return fail({"P-2101", "a '" + std::string(1, text[0]) + "' without its partner", "", "",
                         "Write '" + std::string(2, text[0]) + "' for the character itself."});
        PROVOST_TRY(auto part, parse_placeholder(text.substr(1, end - 1)));
        made.parts_.push_back(std::move(part));
        text.remove_prefix(end + 1);
    }
    return made;
}

bool Template::mentions(TemplatePart::Kind kind) const {
    return std::any_of(parts_.begin(), parts_.end(),
                       [&](const TemplatePart& part) { return part.kind == kind; });
}

}  // namespace provost
