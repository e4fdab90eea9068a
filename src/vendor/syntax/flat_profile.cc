// <flat-profile> with one element per parameter. Its phones strip the blanks around a value, so those are
// refused.
#include "vendor/syntax/element.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/options.h"
#include "vendor/syntax/xml.h"

namespace provost {
namespace {

class FlatProfile final : public Syntax {
 public:
    FlatProfile(const std::string& header, const std::string& root)
        : opening_((header.empty() ? "" : header + "\n") + "<" + root + ">\n"),
          closing_("</" + root + ">\n") {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        const std::size_t start = out.size();
        out.append(opening_);
        for (const Parameter& parameter : parameters) {
            PROVOST_TRY(const WrittenValue value, value_of(parameter, secrets));
            if (has_outer_blanks(value))
                return refuse_parameter(parameter.name, "it begins or ends with a blank");
            if (!is_xml_name(parameter.name)) {
                return refuse_parameter(parameter.name, "its name is not an XML name");
            }
            PROVOST_CHECK(write_element(out, "  ", parameter, value));
            PROVOST_CHECK(check_size(out, start, parameter));
        }
        out.append(closing_);
        return {};
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        PROVOST_TRY(Reader reader, read_file_of(bytes));
        PROVOST_CHECK(reader.expect(opening_));
        UnescapedTexts texts(bytes.size());
        XmlAttributeViews attributes;
        while (reader.take("  ")) {
            const std::size_t line = reader.position();
            PROVOST_TRY(const ReadParameter parameter, read_element(reader, texts, attributes));
            if (has_outer_blanks({{}, parameter.value})) {
                return reader.error_at(line, "the value begins or ends with a blank");
            }
            sink.take(parameter);
        }
        PROVOST_CHECK(reader.expect(closing_));
        return reader.expect_end();
    }

 private:
    std::string opening_;
    std::string closing_;
};

}  // namespace

SyntaxResult make_flat_profile(const SyntaxOptions& options) {
    OptionReader reader("flat-profile", options);
    const std::string header = reader.take("header", xml_default_header);
    const std::string root = reader.take("root", "flat-profile");
    PROVOST_CHECK(reader.finish());
    if (!is_xml_header(header)) return reader.unusable("header", "it is not an XML declaration");
    if (!is_xml_name(root)) return reader.unusable("root", "it is not an XML name");
    return std::make_unique<const FlatProfile>(header, root);
}

}  // namespace provost
