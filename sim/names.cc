#include "sim/names.h"

#include <optional>

namespace provost::sim {

namespace {

std::string with_dashes(std::string colons, bool upper) {
    for (char& c : colons) {
        if (c == ':') c = '-';
        if (upper && c >= 'a' && c <= 'f') c = static_cast<char>(c - 'a' + 'A');
    }
    return colons;
}

std::optional<std::string> word(std::string_view name, const Names& names) {
    if (name == "mac") return names.mac.lower();
    if (name == "MAC") return names.mac.upper();
    if (name == "mac_colons") return names.mac.colons();
    if (name == "mac_dashes") return with_dashes(names.mac.colons(), false);
    if (name == "MAC_dashes") return with_dashes(names.mac.colons(), true);
    if (name == "model") return std::string(names.model);
    if (name == "firmware") return std::string(names.firmware);
    if (name == "serial") return "SIM" + names.mac.upper().substr(4);
    if (name == "line") return std::to_string(names.line);
    if (name == "line0") return std::to_string(names.line - 1);
    return std::nullopt;
}

// Calls `text` for what stands between placeholders and `placeholder` for each name in braces.
template <class Text, class Placeholder>
void walk(std::string_view source, Text text, Placeholder placeholder) {
    while (!source.empty()) {
        const auto open = source.find('{');
        const auto close = open == source.npos ? source.npos : source.find('}', open);
        if (close == source.npos) return text(source);
        text(source.substr(0, open));
        placeholder(source.substr(open + 1, close - open - 1));
        source.remove_prefix(close + 1);
    }
}

}  // namespace

std::string expand(std::string_view text, const Names& names) {
    std::string out;
    walk(
        text, [&](std::string_view plain) { out += plain; },
        [&](std::string_view name) { out += word(name, names).value_or("{" + std::string(name) + "}"); });
    return out;
}

Status check_template(std::string_view text) {
    std::string unknown;
    walk(
        text, [](std::string_view) {},
        [&](std::string_view name) {
            if (unknown.empty() && !word(name, {})) unknown = name;
        });
    if (unknown.empty()) return {};
    return fail(
        {.code = "P-9001",
         .what = "unknown placeholder {" + unknown + "}",
         .fix = "Use {mac}, {MAC}, {mac_colons}, {mac_dashes}, {MAC_dashes}, {model}, {firmware}, {serial}, "
                "{line} or {line0}"});
}

}  // namespace provost::sim
