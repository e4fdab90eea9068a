#include "vendor/syntax/element.h"

namespace provost {

std::string_view element_name(const Parameter& parameter) {
    const std::string_view name = parameter.name;
    return name.substr(name.find('/') + 1);
}

Status write_element(OutputBuffer& out, std::string_view indent, const Parameter& parameter,
                     const WrittenValue& value) {
    const std::string_view name = element_name(parameter);
    if (!is_xml_name(name)) return refuse_parameter(parameter.name, "its name is not an XML name");
    const std::string_view fault = xml_attributes_refusal(parameter.attributes);
    if (!fault.empty()) return refuse_parameter(parameter.name, fault);
    out.append(indent);
    out.append('<');
    out.append(name);
    append_xml_attributes(out, parameter.attributes);
    out.append('>');
    std::string_view why = append_xml(out, value.prefix, xml_text);
    if (why.empty()) why = append_xml(out, value.text, xml_text);
    if (!why.empty()) return refuse_parameter(parameter.name, why);
    out.append("</");
    out.append(name);
    out.append(">\n");
    return {};
}

Result<ReadParameter> read_element(Reader& reader, UnescapedTexts& texts, XmlAttributeViews& attributes) {
    PROVOST_CHECK(reader.expect("<"));
    PROVOST_TRY(const std::string_view name, read_xml_name(reader));
    PROVOST_CHECK(read_xml_attributes(reader, texts, attributes));
    PROVOST_CHECK(reader.expect(">"));
    PROVOST_TRY(const std::string_view value, read_xml(reader, xml_text, texts));
    PROVOST_CHECK(reader.expect("</"));
    PROVOST_CHECK(reader.expect(name));
    PROVOST_CHECK(reader.expect(">\n"));
    return ReadParameter{name, value, attributes};
}

bool is_start_tag(std::string_view name, std::string_view attributes) {
    if (!is_xml_name(name)) return false;
    const std::string tail = " " + std::string(attributes);
    Reader reader(tail);
    return attributes.empty() || (read_xml_attributes(reader).has_value() && reader.at_end());
}

bool is_xml_header(std::string_view text) {
    if (text.empty()) return true;
    if (!text.starts_with("<?xml ") || !text.ends_with("?>") || !is_plain(text)) return false;
    return text.substr(0, text.size() - 2).find("?>") == text.npos;
}

}  // namespace provost
