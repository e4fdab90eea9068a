#include "vendor/syntax/syntax.h"

#include "domain/text.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/options.h"
#include "vendor/syntax/text.h"

namespace provost {
namespace {

constexpr std::size_t closing_room = 4096;  // for what follows the last parameter; options are short

class Keeper final : public ParameterSink {
 public:
    void take(const ReadParameter& read) override {
        auto& kept = parameters.emplace_back();
        kept.name = read.name;
        kept.value = read.value;
        kept.attributes.assign(read.attributes.begin(), read.attributes.end());
    }
    std::vector<ParsedParameter> parameters;
};

}  // namespace

Result<std::vector<ParsedParameter>> Syntax::parse(std::string_view bytes) const {
    Keeper keeper;
    PROVOST_CHECK(read(bytes, keeper));
    return std::move(keeper.parameters);
}

Result<WrittenValue> value_of(const Parameter& parameter, const SecretSource& secrets) {
    if (!parameter.is_secret) return WrittenValue{{}, parameter.value};
    const std::string_view secret = parameter.form == SecretForm::clear
                                        ? secrets.secret(parameter.secret)
                                        : secrets.hashed(parameter.secret, parameter.form);
    if (secret.empty()) return refuse_parameter(parameter.name, "its secret is not there");
    return WrittenValue{parameter.value, secret};
}

Status check_size(const OutputBuffer& out, std::size_t start, const Parameter& last) {
    if (out.size() - start + closing_room <= max_file_size) return {};
    return refuse_parameter(last.name, "the file grows beyond 1 MiB");
}

bool has_outer_blanks(const WrittenValue& value) {
    return !value.empty() && (value.front() == ' ' || value.back() == ' ');
}

namespace {

SyntaxResult make_in_utf8(std::string_view name, const SyntaxOptions& options) {
    if (name == "key-value") return make_key_value(options);
    if (name == "xml-elements") return make_xml_elements(options);
    if (name == "xml-attributes") return make_xml_attributes(options);
    if (name == "flat-profile") return make_flat_profile(options);
    if (name == "xml-tree") return make_xml_tree(options);
    if (name == "name-addr") return make_name_addr(options);
    return fail({.code = "P-2303",
                 .what = "unknown output syntax '" + printable(name, shown_bytes) + "'",
                 .where = "output.syntax",
                 .fix = "Use key-value, xml-elements, xml-attributes, flat-profile, xml-tree or name-addr"});
}

}  // namespace

Result<std::unique_ptr<const Syntax>> make_syntax(std::string_view name, const SyntaxOptions& options) {
    const auto encoding = options.find("encoding");
    if (encoding == options.end()) return make_in_utf8(name, options);
    SyntaxOptions others = options;
    others.erase("encoding");
    PROVOST_TRY(auto made, make_in_utf8(name, others));
    const OptionReader reader(name, options);
    if (encoding->second != "utf-8" && encoding->second != "utf-16le")
        return reader.unusable("encoding", "it is not utf-8 or utf-16le");
    if (name != "key-value" && name != "name-addr")
        return reader.unusable("encoding", "an XML file is in UTF-8, as it says itself");
    if (encoding->second == "utf-8") return made;
    return in_utf16(std::move(made));
}

}  // namespace provost
