#include "vendor/syntax/xml.h"

#include <algorithm>
#include <array>

namespace provost {
namespace {

struct Entity {
    char character;
    std::string_view text;
};
constexpr std::array<Entity, 5> entities{
    {{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}, {'\n', "&#10;"}}};

std::string_view entity_for(char c) {
    const auto is_it = [c](const Entity& entity) { return entity.character == c; };
    return std::find_if(entities.begin(), entities.end(), is_it)->text;
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
bool is_name_character(char c) {
    return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-';
}

template <class Attributes>
bool occurs_before(const Attributes& attributes, std::size_t at) {
    for (std::size_t i = 0; i < at; ++i) {
        if (attributes[i].first == attributes[at].first) return true;
    }
    return false;
}

// Takes one entity that `classes` would have written.
Result<char> read_entity(Reader& reader, const ByteClasses& classes) {
    for (const Entity& entity : entities) {
        if (class_of(entity.character, classes) == ByteClass::escaped && reader.take(entity.text)) {
            return entity.character;
        }
    }
    return reader.error("unknown or unneeded entity");
}

}  // namespace

std::size_t xml_name_length(std::string_view text) {
    if (text.empty() || !is_letter(text.front())) return 0;
    const auto end = std::find_if_not(text.begin(), text.end(), is_name_character);
    return static_cast<std::size_t>(end - text.begin());
}

bool is_xml_name(std::string_view text) {
    return !text.empty() && xml_name_length(text) == text.size();
}

std::string_view xml_attributes_refusal(const XmlAttributes& attributes) {
    for (std::size_t i = 0; i < attributes.size(); ++i) {
        if (!is_xml_name(attributes[i].first)) return "the name of an attribute is not an XML name";
        if (occurs_before(attributes, i)) return "an attribute occurs twice";
        if (!is_plain(attributes[i].second)) return "an attribute holds a control character or invalid UTF-8";
    }
    return {};
}

std::string_view append_xml(OutputBuffer& out, std::string_view text, const ByteClasses& classes) {
    while (true) {
        const std::size_t run = plain_run(text, classes);
        out.append(text.substr(0, run));
        text.remove_prefix(run);
        if (text.empty()) return {};
        if (class_of(text.front(), classes) != ByteClass::escaped) return refusal(text);
        out.append(entity_for(text.front()));
        text.remove_prefix(1);
    }
}

void append_xml_attributes(OutputBuffer& out, const XmlAttributes& attributes) {
    for (const auto& [name, value] : attributes) {
        out.append(' ');
        out.append(name);
        out.append("=\"");
        append_xml(out, value, xml_attribute);
        out.append('"');
    }
}

void UnescapedTexts::append(std::string_view text) {
    if (texts_.empty()) texts_.reserve(file_size_);
    texts_.append(text);
}

Result<std::string_view> read_xml(Reader& reader, const ByteClasses& classes, UnescapedTexts& texts) {
    const std::size_t start = texts.size();
    bool unescaped = false;
    while (true) {
        const std::string_view rest = reader.rest();
        const std::size_t run = plain_run(rest, classes);
        const std::string_view piece = rest.substr(0, run);
        reader.skip(run);
        if (reader.at_end()) return reader.error("the file ends inside a value");
        const char next = rest[run];
        if (class_of(next, classes) != ByteClass::escaped) return reader.error(refusal(rest.substr(run)));
        if (next != '&' && !unescaped) return piece;
        texts.append(piece);
        if (next != '&') return texts.since(start);
        PROVOST_TRY(const char character, read_entity(reader, classes));
        texts.append({&character, 1});
        unescaped = true;
    }
}

Result<std::string_view> read_xml_name(Reader& reader) {
    const std::string_view name = reader.rest().substr(0, xml_name_length(reader.rest()));
    if (name.empty()) return reader.error("expected a name");
    reader.skip(name.size());
    return name;
}

Status read_xml_attributes(Reader& reader, UnescapedTexts& texts, XmlAttributeViews& attributes) {
    attributes.clear();
    while (reader.take(" ")) {
        const std::size_t start = reader.position();
        PROVOST_TRY(const std::string_view name, read_xml_name(reader));
        PROVOST_CHECK(reader.expect("=\""));
        PROVOST_TRY(const std::string_view value, read_xml(reader, xml_attribute, texts));
        PROVOST_CHECK(reader.expect("\""));
        attributes.emplace_back(name, value);
        if (occurs_before(attributes, attributes.size() - 1)) {
            return reader.error_at(start, "an attribute occurs twice");
        }
    }
    return {};
}

Result<XmlAttributes> read_xml_attributes(Reader& reader) {
    UnescapedTexts texts(reader.rest().size());
    XmlAttributeViews views;
    PROVOST_CHECK(read_xml_attributes(reader, texts, views));
    return XmlAttributes(views.begin(), views.end());
}

}  // namespace provost
