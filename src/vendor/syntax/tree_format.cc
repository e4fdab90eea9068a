#include "vendor/syntax/tree_format.h"

#include "vendor/syntax/element.h"
#include "vendor/syntax/options.h"

#include <algorithm>
#include <charconv>

namespace provost {
namespace {

constexpr std::size_t longest_place = 4;  // digits of most_places
constexpr ByteClasses identity_bytes = classes_escaping("/[]");

ElementRule& rule_for(TreeFormat& format, std::string_view element) {
    const auto is_it = [element](const ElementRule& rule) { return rule.name == element; };
    const auto found = std::find_if(format.rules.begin(), format.rules.end(), is_it);
    if (found != format.rules.end()) return *found;
    format.rules.emplace_back().name = element;
    return format.rules.back();
}

std::string written(const XmlAttributes& attributes) {
    OutputBuffer out;
    append_xml_attributes(out, attributes);
    return std::string(out.view());
}

Result<std::string> read_identity(Reader& reader, const ElementRule& rule) {
    PROVOST_TRY(const std::string_view name, read_xml_name(reader));
    const auto& known = rule.identities;
    if (known.size() == most_identities || std::find(known.begin(), known.end(), name) != known.end()) {
        return reader.error("too many attributes, or one twice");
    }
    return std::string(name);
}

// "section@name", "oper@name@value", "Object/Name" or "account#".
Status read_identify(Reader& reader, TreeFormat& format) {
    PROVOST_TRY(const std::string_view element, read_xml_name(reader));
    ElementRule& rule = rule_for(format, element);
    if (rule.by_place || !rule.child.empty() || !rule.identities.empty()) {
        return reader.error("an element occurs twice");
    }
    rule.by_place = reader.take("#");
    if (rule.by_place) return {};
    if (reader.take("/")) {
        PROVOST_TRY(const std::string_view child, read_xml_name(reader));
        rule.child = child;
        return {};
    }
    while (reader.take("@")) {
        PROVOST_TRY(std::string name, read_identity(reader, rule));
        rule.identity_openings.push_back(" " + name + "=\"");
        rule.identities.push_back(std::move(name));
    }
    if (rule.identities.empty()) return reader.error("expected '@', '/' or '#'");
    return {};
}

// config version="1" other="2"
Status read_tag(Reader& reader, TreeFormat& format) {
    PROVOST_TRY(const std::string_view element, read_xml_name(reader));
    ElementRule& rule = rule_for(format, element);
    if (!rule.constants.empty()) return reader.error("an element occurs twice");
    PROVOST_TRY(XmlAttributes constants, read_xml_attributes(reader));
    if (constants.empty()) return reader.error("an element without attributes");
    for (const auto& [name, value] : constants) {
        if (has_own_attribute(rule, name)) return reader.error("an attribute identifies its element");
    }
    rule.constants = std::move(constants);
    rule.constants_text = written(rule.constants);
    return {};
}

// Entries with a comma and a blank between them; whether all of them could be read.
bool read_list(std::string_view text, TreeFormat& format, Status (*read)(Reader&, TreeFormat&)) {
    Reader reader(text);
    if (text.empty()) return true;
    do {
        if (!read(reader, format)) return false;
    } while (reader.take(", ") || reader.take(","));
    return reader.at_end();
}

Status read_switches(OptionReader& reader, TreeFormat& format) {
    const std::string quoted = reader.take("quote_secrets", "none");
    const std::string characters = reader.take("characters", "all");
    if (quoted != "none" && quoted != "double") {
        return reader.unusable("quote_secrets", "it is not none or double");
    }
    if (characters != "all" && characters != "ascii") {
        return reader.unusable("characters", "it is not all or ascii");
    }
    format.quoted_secrets = quoted == "double";
    format.ascii_only = characters == "ascii";
    return {};
}

}  // namespace

const ElementRule& TreeFormat::rule_of(std::string_view element) const {
    static const ElementRule ordinary;
    for (const ElementRule& rule : rules) {
        if (rule.name == element) return rule;
    }
    return ordinary;
}

Result<TreeFormat> read_tree_format(const SyntaxOptions& options) {
    OptionReader reader("xml-tree", options);
    TreeFormat format;
    format.header = reader.take("header", xml_default_header);
    format.root.name = reader.take("root", "config");
    const std::string root_attributes = reader.take("root_attributes", "");
    const std::string identify = reader.take("identify", "");
    const std::string tags = reader.take("tags", "");
    format.value_attribute = reader.take("value_attribute", "");
    PROVOST_CHECK(read_switches(reader, format));
    PROVOST_CHECK(reader.finish());
    if (!is_xml_header(format.header)) return reader.unusable("header", "it is not an XML declaration");
    if (!is_start_tag(format.root.name, root_attributes)) {
        return reader.unusable("root", "it and root_attributes do not make a start tag");
    }
    const std::string tail = " " + root_attributes;
    Reader attributes(root_attributes.empty() ? std::string_view() : std::string_view(tail));
    PROVOST_TRY(format.root.constants, read_xml_attributes(attributes));
    format.root.constants_text = written(format.root.constants);
    if (!format.value_attribute.empty() && !is_xml_name(format.value_attribute)) {
        return reader.unusable("value_attribute", "it is not an XML name");
    }
    if (!read_list(identify, format, read_identify)) {
        return reader.unusable("identify", "it is not a list such as: item@name, Object/Name, account#");
    }
    if (!read_list(tags, format, read_tag)) {
        return reader.unusable("tags", "it is not a list such as: config version=\"1\", entry a=\"b\"");
    }
    if (format.ascii_only && !is_ascii(format.header + root_attributes + tags)) {
        return reader.unusable("characters", "another option holds more than ASCII");
    }
    return format;
}

std::size_t TreeStep::place() const {
    std::size_t number = 0;
    const std::string_view text = count == 1 ? texts[0] : std::string_view();
    if (text.empty() || text.size() > longest_place || text.front() == '0') return 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

std::string_view read_step(std::string_view text, const TreeFormat& format, TreeStep& step) {
    step.element = text.substr(0, xml_name_length(text));
    if (step.element.empty()) return "a step of its name is not an XML name";
    step.rule = &format.rule_of(step.element);
    step.count = 0;
    text.remove_prefix(step.element.size());
    const bool single = step.rule->by_place || !step.rule->child.empty();
    const std::size_t most = single ? 1 : step.rule->identities.size();
    while (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == text.npos) return "a bracket in its name is not closed";
        if (step.count == most) return "its name identifies an element more than the option `identify` does";
        const std::string_view identity = text.substr(1, end - 1);
        if (!is_identity(identity)) return "a text in brackets in its name is none";
        step.texts[step.count++] = identity;
        text.remove_prefix(end + 1);
    }
    if (!text.empty()) return "a step of its name is not an XML name";
    if (step.rule->by_place && step.place() == 0) return "its name lacks a place, counted from 1";
    return {};
}

bool is_identity(std::string_view text) {
    return !text.empty() && plain_run(text, identity_bytes) == text.size();
}

bool has_own_attribute(const ElementRule& rule, std::string_view name) {
    const auto is_it = [name](const auto& constant) { return constant.first == name; };
    return std::find(rule.identities.begin(), rule.identities.end(), name) != rule.identities.end() ||
           std::any_of(rule.constants.begin(), rule.constants.end(), is_it);
}

std::string_view tree_start(std::size_t depth) {
    static constexpr std::string_view text = "                                        <";
    static_assert(text.size() > 2 * (deepest_step + 1));
    return text.substr(text.size() - 1 - 2 * depth);
}

std::string_view tree_indent(std::size_t depth) {
    return tree_start(depth).substr(0, 2 * depth);
}

bool is_ascii(std::string_view text) {
    return std::none_of(text.begin(), text.end(), [](char c) { return (c & 0x80) != 0; });
}

}  // namespace provost
