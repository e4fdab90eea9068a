// Whatever a syntax's parser takes is exactly what the same syntax would have written.
#include "vendor/syntax/syntax.h"

#include "fuzz.h"

namespace {

using provost::fuzz::require;

class NoSecrets final : public provost::SecretSource {
 public:
    [[nodiscard]] std::string_view secret(provost::SettingKey) const override { return {}; }
};

// The options of a real vendor where the syntax has interesting ones.
provost::SyntaxOptions options_of(std::string_view syntax) {
    if (syntax == "key-value") return {{"header", "#!version:1.0.0.1"}};
    if (syntax == "xml-elements") return {{"section_attributes", "e=\"2\""}, {"groups", "functionKeys"}};
    if (syntax == "xml-attributes") return {{"line_breaks", "escape"}};
    return {};
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto syntax = provost::make_syntax(PROVOST_FUZZ_SYNTAX, options_of(PROVOST_FUZZ_SYNTAX));
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
