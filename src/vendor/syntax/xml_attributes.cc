// Every parameter is an attribute of one element. XML allows each attribute once, so a second parameter of a
// name is refused.
#include "vendor/syntax/element.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/options.h"
#include "vendor/syntax/xml.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace provost {
namespace {

constexpr std::string_view indent = "\n    ";

// Names seen so far: an open-addressed table, for a sort or a node per name would cost more than the
// rendering.
class NameSet {
 public:
    explicit NameSet(std::size_t most) : slots_(std::bit_ceil(2 * most + 1)) {}

    bool insert(std::string_view name) {  // false if it was there; never more than `most` names, none empty
        std::size_t at = std::hash<std::string_view>{}(name);
        while (true) {
            std::string_view& slot = slots_[at++ & (slots_.size() - 1)];
            if (slot == name) return false;
            if (!slot.empty()) continue;
            slot = name;
            return true;
        }
    }

 private:
    std::vector<std::string_view> slots_;
};

class AttributeList final : public Syntax {
 public:
    AttributeList(std::string opening, std::string closing, const ByteClasses& value)
        : opening_(std::move(opening)), closing_(std::move(closing)), value_(value) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        const std::size_t start = out.size();
        NameSet names(parameters.size());
        out.append(opening_);
        for (const Parameter& parameter : parameters) {
            if (!is_xml_name(parameter.name)) {
                return refuse_parameter(parameter.name, "its name is not an XML name");
            }
            if (!parameter.attributes.empty()) {
                return refuse_parameter(parameter.name, "it is an attribute itself, so it can't have any");
            }
            if (!names.insert(parameter.name)) return refuse_parameter(parameter.name, "it occurs twice");
            PROVOST_TRY(const WrittenValue value, value_of(parameter, secrets));
            PROVOST_CHECK(write(out, parameter, value));
            PROVOST_CHECK(check_size(out, start, parameter));
        }
        out.append(closing_);
        return {};
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        PROVOST_TRY(Reader reader, read_file_of(bytes));
        PROVOST_CHECK(reader.expect(opening_));
        NameSet names(static_cast<std::size_t>(std::count(bytes.begin(), bytes.end(), '\n')));
        UnescapedTexts texts(bytes.size());
        while (reader.take(indent)) {
            const std::size_t position = reader.position();
            PROVOST_TRY(const std::string_view name, read_xml_name(reader));
            if (!names.insert(name)) return reader.error_at(position, "the attribute occurs twice");
            PROVOST_CHECK(reader.expect("=\""));
            PROVOST_TRY(const std::string_view value, read_xml(reader, value_, texts));
            PROVOST_CHECK(reader.expect("\""));
            sink.take({name, value, {}});
        }
        PROVOST_CHECK(reader.expect(closing_));
        return reader.expect_end();
    }

 private:
    [[nodiscard]] Status write(OutputBuffer& out, const Parameter& parameter,
                               const WrittenValue& value) const {
        out.append(indent);
        out.append(parameter.name);
        out.append("=\"");
        std::string_view why = append_xml(out, value.prefix, value_);
        if (why.empty()) why = append_xml(out, value.text, value_);
        if (!why.empty()) return refuse_parameter(parameter.name, why);
        out.append('"');
        return {};
    }

    std::string opening_;
    std::string closing_;
    ByteClasses value_;
};

}  // namespace

SyntaxResult make_xml_attributes(const SyntaxOptions& options) {
    OptionReader reader("xml-attributes", options);
    const std::string header = reader.take("header", xml_default_header);
    const std::string root = reader.take("root", "PHONE_CONFIG");
    const std::string element = reader.take("element", "ALL");
    const std::string line_breaks = reader.take("line_breaks", "refuse");
    PROVOST_CHECK(reader.finish());
    if (!is_xml_header(header)) return reader.unusable("header", "it is not an XML declaration");
    if (!is_xml_name(root)) return reader.unusable("root", "it is not an XML name");
    if (!is_xml_name(element)) return reader.unusable("element", "it is not an XML name");
    const bool escape_lines = line_breaks == "escape";
    if (!escape_lines && line_breaks != "refuse")
        return reader.unusable("line_breaks", "it is not refuse or escape");
    return std::make_unique<const AttributeList>(
        (header.empty() ? "" : header + "\n") + "<" + root + ">\n  <" + element, "/>\n</" + root + ">\n",
        escape_lines ? xml_attribute_lines : xml_attribute);
}

}  // namespace provost
