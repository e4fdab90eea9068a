#include "vendor/template.h"

#include "domain/text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace provost {

namespace {

using Kind = TemplatePart::Kind;

struct Placeholder {
    std::string_view name;
    Kind kind;
    SettingScope scope = SettingScope::global;
    int offset = 0;
};
constexpr std::array placeholders = {
    Placeholder{"line", Kind::index, SettingScope::line},
    Placeholder{"line0", Kind::index, SettingScope::line, -1},
    Placeholder{"key", Kind::index, SettingScope::key},
    Placeholder{"key0", Kind::index, SettingScope::key, -1},
    Placeholder{"by_index", Kind::by_index},
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
    if (name.find_first_of("+-:") != name.npos)
        error.fix = "A number is written as {line+1}, {key-16}, {line:02} or {key-16:02}.";
    return error;
}

// "16" of up to three digits, off the front of `text`.
std::optional<int> take_number(std::string_view& text) {
    int number = 0;
    const auto* const end = text.data() + std::min<std::size_t>(text.size(), 3);
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || number < 0 || text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return number;
}

// A name of the table, and for a number what is added to it and how wide it is: "line", "key-16:02".
std::optional<TemplatePart> parse_number(std::string_view name) {
    auto rest = name;
    rest.remove_prefix(std::min(name.size(), name.find_first_of("+-:")));
    const auto word = name.substr(0, name.size() - rest.size());
    const auto* const found = std::find_if(placeholders.begin(), placeholders.end(),
                                           [&](const Placeholder& one) { return one.name == word; });
    if (found == placeholders.end()) return std::nullopt;
    TemplatePart part{found->kind, {}, 0, found->scope, UrlPart::whole, found->offset, 0};
    if (rest.empty()) return part;
    if (part.kind != Kind::index && part.kind != Kind::position) return std::nullopt;
    if (const char sign = rest.front(); sign != ':') {
        rest.remove_prefix(1);
        const auto number = take_number(rest);
        if (!number) return std::nullopt;
        part.offset += sign == '-' ? -*number : *number;
    }
    if (rest.empty()) return part;
    const bool digits = rest.size() == 3 && rest.starts_with(":0") && rest[2] >= '2' && rest[2] <= '4';
    if (!digits) return std::nullopt;
    part.width = rest[2] - '0';
    return part;
}

Result<TemplatePart> parse_placeholder(std::string_view name) {
    if (const auto number = parse_number(name)) return *number;
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
