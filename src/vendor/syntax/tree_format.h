// What the options of `xml-tree` say, and how a parameter's name spells a place in the tree:
// "section[one]/entry[two]" or "section[one]/@attribute". Both the writer and the reader go by this.
#pragma once

#include "base/result.h"
#include "vendor/syntax/syntax.h"
#include "vendor/syntax/xml.h"

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

constexpr std::size_t deepest_step = 16;  // elements below the root
constexpr std::size_t longest_tree_name = 512;
constexpr std::size_t most_tree_attributes = 64;  // of one element
constexpr std::size_t most_identities = 3;
constexpr std::size_t most_places = 9999;

// What one kind of element always has, wherever it stands.
struct ElementRule {
    std::string name;
    std::vector<std::string> identities;  // attributes that tell it from its like, in order
    std::string child;                    // or its first child does
    bool by_place = false;                // or its place among its like, from 1
    XmlAttributes constants;

    std::vector<std::string> identity_openings;  // as written, up to the value
    std::string constants_text;                  // as written
};

struct TreeFormat {
    std::string header;
    ElementRule root;
    std::vector<ElementRule> rules;
    std::string value_attribute;  // empty: the value is the element's text
    bool quoted_secrets = false;
    bool ascii_only = false;

    [[nodiscard]] const ElementRule& rule_of(std::string_view element) const;
};

// Errors: P-2304.
Result<TreeFormat> read_tree_format(const SyntaxOptions& options);

// One step of a name, read: element and the texts in its brackets.
struct TreeStep {
    std::string_view element;
    std::array<std::string_view, most_identities> texts;
    std::size_t count = 0;
    const ElementRule* rule = nullptr;

    [[nodiscard]] std::span<const std::string_view> identities() const { return {texts.data(), count}; }
    [[nodiscard]] std::size_t place() const;  // of an element by place: 0 if it is none
};

// Reads "element[text][text]"; empty, or why it is none. The step refers to `text` and `format`.
std::string_view read_step(std::string_view text, const TreeFormat& format, TreeStep& step);

// Whether a text can stand in brackets.
bool is_identity(std::string_view text);

// Whether an element of this rule always has this attribute, so that no parameter can bring it.
bool has_own_attribute(const ElementRule& rule, std::string_view name);

// What stands in front of an element so many levels below the root.
std::string_view tree_indent(std::size_t depth);
std::string_view tree_start(std::size_t depth);  // with its '<'

bool is_ascii(std::string_view text);

}  // namespace provost
