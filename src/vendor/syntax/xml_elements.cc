// One element per parameter inside sections of one root element. A parameter named "group/name" goes into the
// section `group`, every other into the main one.
#include "vendor/syntax/element.h"
#include "vendor/syntax/make.h"
#include "vendor/syntax/options.h"
#include "vendor/syntax/xml.h"

#include <algorithm>

namespace provost {
namespace {

struct XmlSection {
    std::string group;  // with its '/'; empty for the main section
    std::string opening;
    std::string closing;
};

XmlSection make_section(std::string_view name, std::string_view attributes, bool main) {
    const std::string tag(name);
    const std::string inside = attributes.empty() ? tag : tag + " " + std::string(attributes);
    return {main ? "" : tag + "/", "  <" + inside + ">\n", "  </" + tag + ">\n"};
}

std::string_view group_of(const Parameter& parameter) {
    const std::string_view name = parameter.name;
    return name.substr(0, name.find('/') + 1);  // npos + 1 is 0: no group
}

struct XmlElementsRendering {
    const Parameters& parameters;
    const SecretSource& secrets;
    OutputBuffer& out;
    std::size_t start;
};

class XmlElements final : public Syntax {
 public:
    XmlElements(const std::string& header, const std::string& root, std::vector<XmlSection> sections)
        : opening_((header.empty() ? "" : header + "\n") + "<" + root + ">\n"),
          closing_("</" + root + ">\n"),
          sections_(std::move(sections)) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        PROVOST_CHECK(check_groups(parameters));
        const XmlElementsRendering rendering{parameters, secrets, out, out.size()};
        out.append(opening_);
        for (const XmlSection& section : sections_) PROVOST_CHECK(render_section(section, rendering));
        out.append(closing_);
        return {};
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        PROVOST_TRY(Reader reader, read_file_of(bytes));
        PROVOST_CHECK(reader.expect(opening_));
        UnescapedTexts texts(bytes.size());
        for (const XmlSection& section : sections_) PROVOST_CHECK(read_section(reader, section, texts, sink));
        PROVOST_CHECK(reader.expect(closing_));
        return reader.expect_end();
    }

 private:
    [[nodiscard]] Status check_groups(const Parameters& parameters) const {
        for (const Parameter& parameter : parameters) {
            const std::string_view group = group_of(parameter);
            const auto is_it = [group](const XmlSection& section) { return section.group == group; };
            if (std::none_of(sections_.begin(), sections_.end(), is_it)) {
                return refuse_parameter(parameter.name, "the option `groups` lacks its group");
            }
        }
        return {};
    }

    static Status render_section(const XmlSection& section, const XmlElementsRendering& to) {
        const auto is_in = [&section](const Parameter& p) { return group_of(p) == section.group; };
        auto next = std::find_if(to.parameters.begin(), to.parameters.end(), is_in);
        if (next == to.parameters.end() && !section.group.empty()) return {};
        to.out.append(section.opening);
        for (; next != to.parameters.end(); next = std::find_if(next + 1, to.parameters.end(), is_in)) {
            PROVOST_TRY(const WrittenValue value, value_of(*next, to.secrets));
            PROVOST_CHECK(write_element(to.out, "    ", *next, value));
            PROVOST_CHECK(check_size(to.out, to.start, *next));
        }
        to.out.append(section.closing);
        return {};
    }

    static Status read_section(Reader& reader, const XmlSection& section, UnescapedTexts& texts,
                               ParameterSink& sink) {
        const bool main = section.group.empty();
        if (!main && !reader.take(section.opening)) return {};
        if (main) PROVOST_CHECK(reader.expect(section.opening));
        XmlAttributeViews attributes;
        bool any = false;
        for (; reader.take("    "); any = true) {
            PROVOST_TRY(ReadParameter parameter, read_element(reader, texts, attributes));
            const std::string name = main ? std::string() : section.group + std::string(parameter.name);
            if (!main) parameter.name = name;
            sink.take(parameter);
        }
        if (!main && !any) return reader.error("a group without parameters");
        return reader.expect(section.closing);
    }

    std::string opening_;
    std::string closing_;
    std::vector<XmlSection> sections_;
};

std::vector<std::string> split_names(std::string_view list) {
    std::vector<std::string> names;
    while (!list.empty()) {
        const std::size_t comma = std::min(list.find(','), list.size());
        names.emplace_back(list.substr(0, comma));
        list.remove_prefix(std::min(comma + 1, list.size()));
        while (list.starts_with(' ')) list.remove_prefix(1);
    }
    return names;
}

bool are_distinct_names(std::vector<std::string> names) {
    std::sort(names.begin(), names.end());
    return std::all_of(names.begin(), names.end(), is_xml_name) &&
           std::adjacent_find(names.begin(), names.end()) == names.end();
}

}  // namespace

SyntaxResult make_xml_elements(const SyntaxOptions& options) {
    OptionReader reader("xml-elements", options);
    const std::string header = reader.take("header", xml_default_header);
    const std::string root = reader.take("root", "settings");
    const std::string main = reader.take("section", "phone-settings");
    const std::string attributes = reader.take("section_attributes", "");
    std::vector<std::string> names = split_names(reader.take("groups", ""));
    PROVOST_CHECK(reader.finish());
    if (!is_xml_header(header)) return reader.unusable("header", "it is not an XML declaration");
    if (!is_xml_name(root)) return reader.unusable("root", "it is not an XML name");
    if (!is_start_tag(main, attributes)) {
        return reader.unusable("section", "it and section_attributes do not make a start tag");
    }
    names.insert(names.begin(), main);
    if (!are_distinct_names(names))
        return reader.unusable("groups", "it is not a list of distinct XML names");
    std::vector<XmlSection> sections;
    for (const std::string& name : names)
        sections.push_back(make_section(name, attributes, sections.empty()));
    return std::make_unique<const XmlElements>(header, root, std::move(sections));
}

}  // namespace provost
