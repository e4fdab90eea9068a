// name = value, one a line. There is no escaping: a value runs to the end of its line, so whatever could be
// read as anything else is refused.
#include "vendor/syntax/make.h"
#include "vendor/syntax/options.h"
#include "vendor/syntax/reader.h"
#include "vendor/syntax/text.h"

#include <algorithm>

namespace provost {
namespace {

bool is_name_character(char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

std::size_t name_length(std::string_view text) {
    const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
    return static_cast<std::size_t>(end - text.begin());
}

bool is_quoted(const WrittenValue& value) {
    if (value.empty()) return false;
    return (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
}

class KeyValue final : public Syntax {
 public:
    KeyValue(std::string header, std::string separator, std::string_view refused)
        : header_(std::move(header)), separator_(std::move(separator)), value_(classes_escaping(refused)) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        const std::size_t start = out.size();
        if (!header_.empty()) {
            out.append(header_);
            out.append('\n');
        }
        for (const Parameter& parameter : parameters) {
            PROVOST_TRY(const WrittenValue value, value_of(parameter, secrets));
            const std::string_view why = refusal_of(parameter, value);
            if (!why.empty()) return refuse_parameter(parameter.name, why);
            out.append(parameter.name);
            out.append(separator_);
            out.append(value.prefix);
            out.append(value.text);
            out.append('\n');
            PROVOST_CHECK(check_size(out, start, parameter));
        }
        return {};
    }

    [[nodiscard]] Result<std::vector<ParsedParameter>> parse(std::string_view bytes) const override {
        PROVOST_TRY(Reader reader, read_file_of(bytes));
        if (!header_.empty()) PROVOST_CHECK(reader.expect(header_ + "\n"));
        std::vector<ParsedParameter> parameters;
        while (!reader.at_end()) {
            PROVOST_TRY(ParsedParameter parameter, read_line(reader));
            parameters.push_back(std::move(parameter));
        }
        return parameters;
    }

 private:
    // Why the parameter can't be written; empty if it can.
    [[nodiscard]] std::string_view refusal_of(const Parameter& parameter, const WrittenValue& value) const {
        const std::string_view name = parameter.name;
        if (name.empty() || name_length(name) != name.size()) {
            return "its name holds something other than letters, digits, '_', '.' and '-'";
        }
        if (!parameter.attributes.empty()) return "this syntax has no attributes";
        return refusal_of(value);
    }
    [[nodiscard]] std::string_view refusal_of(const WrittenValue& value) const {
        for (const std::string_view piece : {value.prefix, value.text}) {
            const std::string_view rest = piece.substr(plain_run(piece, value_));
            if (rest.empty()) continue;
            const bool by_option = class_of(rest.front(), value_) == ByteClass::escaped;
            return by_option ? "it holds a character that these phones can't take" : refusal(rest);
        }
        if (has_outer_blanks(value)) return "it begins or ends with a blank";
        if (is_quoted(value)) return "it is in quotes, which a phone may take off";
        return {};
    }

    Result<ParsedParameter> read_line(Reader& reader) const {
        const std::string_view name = reader.rest().substr(0, name_length(reader.rest()));
        if (name.empty()) return reader.error("expected a parameter's name");
        reader.skip(name.size());
        PROVOST_CHECK(reader.expect(separator_));
        const std::string_view value = reader.rest().substr(0, reader.rest().find('\n'));
        const std::string_view why = refusal_of(WrittenValue{{}, value});
        if (!why.empty()) return reader.error("the value can't have been written: " + std::string(why));
        reader.skip(value.size());
        PROVOST_CHECK(reader.expect("\n"));
        return ParsedParameter{std::string(name), std::string(value), {}};
    }

    std::string header_;
    std::string separator_;
    ByteClasses value_;  // "escaped" are the bytes the vendor file refuses
};

bool is_separator(std::string_view text) {
    return text.find_first_of("=:") != text.npos && text.find_first_not_of("=: ") == text.npos;
}

}  // namespace

SyntaxResult make_key_value(const SyntaxOptions& options) {
    OptionReader reader("key-value", options);
    std::string header = reader.take("header", "");
    std::string separator = reader.take("separator", " = ");
    const std::string refused = reader.take("refuse", "");
    PROVOST_CHECK(reader.finish());
    if (!is_plain(header)) return reader.unusable("header", "it is not one line of text");
    if (!is_separator(separator))
        return reader.unusable("separator", "it is not '=' or ':' with blanks around it");
    const auto is_printable = [](char c) { return c > ' ' && c <= '~'; };
    if (!std::all_of(refused.begin(), refused.end(), is_printable)) {
        return reader.unusable("refuse", "it holds something other than printable ASCII");
    }
    return std::make_unique<const KeyValue>(std::move(header), std::move(separator), refused);
}

}  // namespace provost
