#include "vendor/syntax/line_format.h"

#include "vendor/syntax/options.h"

#include <algorithm>

namespace provost {
namespace {

constexpr std::string_view name_characters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";

bool is_printable(char c) {
    return c > ' ' && c <= '~';
}

bool is_quoted(const WrittenValue& value) {
    if (value.empty()) return false;
    return (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
}

void allow(LineFormat& format, std::string_view characters) {
    for (const char c : characters) format.in_names[static_cast<unsigned char>(c)] = true;
}

bool may_be_in_names(char c, const LineFormat& format) {
    return format.in_names[static_cast<unsigned char>(c)];
}

// A name ends where the separator begins, so no name may hold what tells a separator.
bool is_separator(std::string_view text, std::string_view more) {
    if (text == " ") return more.find(' ') == more.npos;
    return text.find_first_of("=:") != text.npos && text.find_first_not_of("=: ") == text.npos;
}

Status read_names(OptionReader& reader, LineFormat& format) {
    const std::string more = reader.take("name_characters", "");
    format.separator = reader.take("separator", " = ");
    const auto fits = [](char c) { return (c == ' ' || is_printable(c)) && c != '=' && c != ':'; };
    if (!std::all_of(more.begin(), more.end(), fits)) {
        return reader.unusable("name_characters", "it holds '=', ':' or something other than ASCII");
    }
    if (!is_separator(format.separator, more)) {
        return reader.unusable("separator",
                               "it is not '=' or ':' with blanks around it, nor one blank, which names lack");
    }
    allow(format, name_characters);
    allow(format, more);
    return {};
}

// A line of a section must not look like one of a parameter.
Status read_sections(OptionReader& reader, LineFormat& format) {
    const std::string sections = reader.take("sections", "none");
    if (sections == "none") return {};
    if (sections != "ini" && sections != "angle") {
        return reader.unusable("sections", "it is not none, ini or angle");
    }
    format.section_open = sections == "ini" ? "[" : "<";
    format.section_close = sections == "ini" ? "]" : ">";
    for (const char c : format.section_open + format.section_close + "/") {
        if (may_be_in_names(c, format)) {
            return reader.unusable("name_characters", "it holds what tells a section from a name");
        }
    }
    if (format.prefix.starts_with(format.section_open)) {
        return reader.unusable("prefix", "it begins like a section");
    }
    return {};
}

Status read_values(OptionReader& reader, LineFormat& format) {
    const std::string refused = reader.take("refuse", "");
    const std::string quote = reader.take("quote", "none");
    const std::string end = reader.take("line_end", "lf");
    if (!std::all_of(refused.begin(), refused.end(), is_printable)) {
        return reader.unusable("refuse", "it holds something other than printable ASCII");
    }
    if (quote != "none" && quote != "double") return reader.unusable("quote", "it is not none or double");
    if (end != "lf" && end != "crlf") return reader.unusable("line_end", "it is not lf or crlf");
    if (quote == "double") format.quote = "\"";
    if (end == "crlf") format.end = "\r\n";
    format.value = classes_escaping(refused + format.quote);
    return {};
}

}  // namespace

Result<LineFormat> read_line_format(const SyntaxOptions& options) {
    OptionReader reader("key-value", options);
    LineFormat format;
    format.header = reader.take("header", "");
    format.prefix = reader.take("prefix", "");
    if (options.contains("footer")) format.footer = reader.take("footer", "");
    PROVOST_CHECK(read_names(reader, format));
    PROVOST_CHECK(read_sections(reader, format));
    PROVOST_CHECK(read_values(reader, format));
    PROVOST_CHECK(reader.finish());
    if (!is_plain(format.header)) return reader.unusable("header", "it is not one line of text");
    if (!is_plain(format.prefix)) return reader.unusable("prefix", "it is not one line of text");
    if (format.footer && !is_plain(*format.footer)) {
        return reader.unusable("footer", "it is not one line of text");
    }
    return format;
}

std::size_t line_name_length(std::string_view text, const LineFormat& format) {
    if (text.starts_with(' ')) return 0;
    std::size_t length = 0;
    while (length < text.size() && may_be_in_names(text[length], format)) ++length;
    while (length > 0 && text[length - 1] == ' ') --length;  // those before a separator are its own
    return length;
}

std::string_view line_name_refusal(std::string_view name, const LineFormat& format) {
    constexpr std::string_view why = "its name holds something that names of this file can't hold";
    const std::size_t slash = format.section_open.empty() ? name.npos : name.find('/');
    if (slash != name.npos) {
        if (slash == 0 || line_name_length(name.substr(0, slash), format) != slash) return why;
        name.remove_prefix(slash + 1);
    }
    return name.empty() || line_name_length(name, format) != name.size() ? why : std::string_view();
}

std::string_view line_value_refusal(const WrittenValue& value, const LineFormat& format) {
    for (const std::string_view piece : {value.prefix, value.text}) {
        const std::string_view rest = piece.substr(plain_run(piece, format.value));
        if (rest.empty()) continue;
        const bool by_option = class_of(rest.front(), format.value) == ByteClass::escaped;
        return by_option ? "it holds a character that these phones can't take" : refusal(rest);
    }
    if (!format.quote.empty()) return {};
    if (has_outer_blanks(value)) return "it begins or ends with a blank";
    if (is_quoted(value)) return "it is in quotes, which a phone may take off";
    return {};
}

}  // namespace provost
