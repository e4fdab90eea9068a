// Whatever a syntax's parser takes is exactly what the same syntax would have written.
#include "vendor/syntax/syntax.h"

#include "fuzz.h"

namespace {

using provost::fuzz::require;

class NoSecrets final : public provost::SecretSource {
 public:
    [[nodiscard]] std::string_view secret(provost::SettingKey) const override { return {}; }
};

struct Target {
    std::string_view name;
    std::string_view syntax;
    provost::SyntaxOptions options;
};

// The options of a real vendor where the syntax has interesting ones.
const Target targets[] = {
    {"key-value", "key-value", {{"header", "#!version:1.0.0.1"}}},
    {"key-value-statements",
     "key-value",
     {{"header", "# 1"},
      {"prefix", "SET "},
      {"separator", " "},
      {"quote", "double"},
      {"line_end", "crlf"},
      {"footer", ""}}},
    {"key-value-sections",
     "key-value",
     {{"separator", " :"}, {"sections", "ini"}, {"name_characters", " <>!"}, {"footer", "<<END>>"}}},
    {"xml-elements", "xml-elements", {{"section_attributes", "e=\"2\""}, {"groups", "functionKeys"}}},
    {"xml-attributes", "xml-attributes", {{"line_breaks", "escape"}}},
    {"flat-profile", "flat-profile", {}},
    {"xml-tree",
     "xml-tree",
     {{"header", ""},
      {"root_attributes", "version=\"1\""},
      {"identify", "item@name@more, Object/Name, nth#"},
      {"tags", "item class=\"c\", Object x=\"1\""}}},
    {"xml-tree-values",
     "xml-tree",
     {{"header", ""},
      {"identify", "param@name, oper@name@value, Object/Name, nth#"},
      {"tags", "nth x=\"1\""},
      {"value_attribute", "value"},
      {"characters", "ascii"}}},
    {"key-value-utf16", "key-value", {{"separator", "="}, {"encoding", "utf-16le"}}},
    {"name-addr", "name-addr", {{"header", "# accounts"}, {"nested", "transport"}, {"row_bytes", "200"}}},
};

const Target& target() {
    for (const Target& candidate : targets) {
        if (candidate.name == PROVOST_FUZZ_SYNTAX) return candidate;
    }
    require(false, "the target is listed");
    return targets[0];
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto syntax = provost::make_syntax(target().syntax, target().options);
    require(syntax.has_value(), "the syntax takes its options");
    const std::string_view bytes = provost::fuzz::text_of(data, size);
    const auto parsed = (*syntax)->parse(bytes);
    if (!parsed) {
        require(parsed.error().code == "P-2302", "a parser's error is P-2302");
        return 0;
    }
    provost::Parameters parameters(parsed->size());
    for (std::size_t i = 0; i < parsed->size(); ++i) {
        parameters[i].name = (*parsed)[i].name;
        parameters[i].value = (*parsed)[i].value;
        parameters[i].attributes = (*parsed)[i].attributes;
    }
    provost::OutputBuffer out;
    require((*syntax)->render(parameters, NoSecrets(), out).has_value(), "what was read can be written");
    require(out.view() == bytes, "what was read is written as it was");
    return 0;
}
