// The XML that phones read: elements, attributes, four entities, no comments, no CDATA, no doctype.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "vendor/syntax/reader.h"
#include "vendor/syntax/text.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

using XmlAttributes = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view xml_default_header = R"(<?xml version="1.0" encoding="UTF-8"?>)";

// '>' is escaped too, so that "]]>" never occurs; quotes only where they would end the value.
constexpr ByteClasses xml_text = classes_escaping("&<>");
constexpr ByteClasses xml_attribute = classes_escaping("&<>\"");
constexpr ByteClasses xml_attribute_lines = classes_escaping("&<>\"\n");  // a line feed becomes &#10;

// A letter or '_', then letters, digits, '_', '.', '-'; ASCII only, as every phone's parameters are.
std::size_t xml_name_length(std::string_view text);
bool is_xml_name(std::string_view text);

// Why `attributes` can't be written; empty if they can.
std::string_view xml_attributes_refusal(const XmlAttributes& attributes);

// Appends escaped text. Empty, or why the text is refused: then the output is to be thrown away.
std::string_view append_xml(OutputBuffer& out, std::string_view text, const ByteClasses& classes);
// Appends ` name="value"` for each; the attributes were checked before.
void append_xml_attributes(OutputBuffer& out, const XmlAttributes& attributes);

// Where texts of one file are unescaped to; wiped in the end. What stands in it stays where it is.
class UnescapedTexts {
 public:
    explicit UnescapedTexts(std::size_t file_size) : file_size_(file_size) {}

    [[nodiscard]] std::size_t size() const { return texts_.size(); }
    [[nodiscard]] std::string_view since(std::size_t start) const { return texts_.view().substr(start); }
    void append(std::string_view text);

 private:
    std::size_t file_size_;  // unescaped, nothing is longer
    OutputBuffer texts_;
};

// Text up to the character that ends it ('<' or '"'), unescaped; only the entities that append_xml writes. It
// lies in the file, or in `texts`.
Result<std::string_view> read_xml(Reader& reader, const ByteClasses& classes, UnescapedTexts& texts);
Result<std::string_view> read_xml_name(Reader& reader);

// Any number of ` name="value"`, each name once, in place of what `attributes` had.
using XmlAttributeViews = std::vector<std::pair<std::string_view, std::string_view>>;
Status read_xml_attributes(Reader& reader, UnescapedTexts& texts, XmlAttributeViews& attributes);
Result<XmlAttributes> read_xml_attributes(Reader& reader);  // the same, kept

}  // namespace provost
