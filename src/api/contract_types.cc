#include "api/contract_types.h"

#include "domain/text.h"

#include <stdexcept>

namespace provost::contract {

namespace {

using Kind = Type::Kind;

[[noreturn]] void refuse(std::string_view expression) {
    throw std::invalid_argument("'" + std::string(expression) + "' is no type");
}

std::vector<std::string> split(std::string_view text, char at) {
    std::vector<std::string> parts(1);
    for (const char c : text)
        if (c == at)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

std::optional<std::int64_t> limit(std::string_view text) {
    if (text.empty()) return std::nullopt;
    if (const auto number = whole_number(text)) return number;
    refuse(text);
}

// "text(1..128)", "int(0..)", "hex(64)"
Type parse_limited(std::string_view expression) {
    const auto open = expression.find('(');
    const auto word = expression.substr(0, open);
    Type type;
    type.kind = word == "int" ? Kind::integer : Kind::text;
    if (word == "int") type.least = 0;
    if (open == expression.npos) return word == "int" || word == "text" ? type : (refuse(expression), type);
    if (expression.back() != ')') refuse(expression);
    const auto inside = expression.substr(open + 1, expression.size() - open - 2);
    if (word == "hex") {
        type.pattern = "^[0-9a-f]{" + std::string(inside) + "}$";
        return type;
    }
    const auto dots = inside.find("..");
    if (dots == inside.npos || (word != "int" && word != "text")) refuse(expression);
    type.least = limit(inside.substr(0, dots));
    type.most = limit(inside.substr(dots + 2));
    return type;
}

Type parse_plain(std::string_view expression) {
    static const std::map<std::string_view, Kind> words = {
        {"number", Kind::number}, {"flag", Kind::flag}, {"time", Kind::time}, {"any", Kind::any}};
    Type type;
    if (const auto word = words.find(expression); word != words.end()) {
        type.kind = word->second;
        return type;
    }
    if (expression.front() < 'A' || expression.front() > 'Z') return parse_limited(expression);
    type.kind = Kind::named;
    type.name = expression;
    return type;
}

Type around(Kind kind, std::string_view inside) {
    Type type;
    type.kind = kind;
    type.of.push_back(parse_type(inside));
    return type;
}

Type page_of(std::string_view item) {
    Type page;
    page.kind = Kind::object;
    page.fields.push_back({"items", around(Kind::list, item), true, {}});
    page.fields.push_back({"next", parse_type("Cursor"), false, "Of the page after; absent at the end"});
    return page;
}

}  // namespace

Type parse_type(std::string_view expression) {
    if (expression.empty()) refuse(expression);
    const char last = expression.back();
    const auto inside = expression.substr(1, expression.size() - std::min<std::size_t>(2, expression.size()));
    if (last == '?') {
        auto type = parse_type(expression.substr(0, expression.size() - 1));
        type.nullable = true;
        return type;
    }
    Type type;
    switch (expression.front()) {
        case '[':
            return last == ']' ? around(Kind::list, inside) : (refuse(expression), type);
        case '{':
            return last == '}' ? around(Kind::map, inside) : (refuse(expression), type);
        case '/':
            type.kind = Kind::text;
            type.pattern = inside;
            return type;
        case '=':
            type.kind = Kind::choice;
            type.choices = split(expression.substr(1), '|');
            return type;
        default:
            break;
    }
    if (expression.starts_with("Page<") && last == '>')
        return page_of(expression.substr(5, expression.size() - 6));
    return parse_plain(expression);
}

}  // namespace provost::contract
