#include "vendor/syntax/tree_reader.h"

#include "vendor/syntax/reader.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace provost {
namespace {

using Attributes = std::span<const std::pair<std::string_view, std::string_view>>;

// A start tag as far as its attributes go.
struct StartTag {
    std::string_view element;
    const ElementRule* rule = nullptr;
    Attributes attributes;  // behind those of its step, once the step is known
    std::size_t position = 0;
};

struct OpenElement {
    std::string_view element;
    const ElementRule* rule;
    std::size_t path_length;  // of the path above
    std::size_t children = 0;
    bool complete = false;  // without children as well
};

class TreeReader {
 public:
    TreeReader(Reader reader, const TreeFormat& format, ParameterSink& sink)
        : reader_(reader), format_(format), sink_(sink), texts_(reader.rest().size()) {}

    Status read() {
        PROVOST_CHECK(read_root());
        while (!open_.empty()) PROVOST_CHECK(read_next());
        return reader_.expect_end();
    }

 private:
    Status read_root() {
        if (!format_.header.empty()) PROVOST_CHECK(reader_.expect(format_.header + "\n"));
        PROVOST_TRY(StartTag tag, read_start_tag());
        if (tag.element != format_.root.name) return reader_.error_at(tag.position, "it is not the root");
        tag.rule = &format_.root;
        PROVOST_CHECK(take_step(tag));
        PROVOST_CHECK(reader_.expect(">\n"));
        open_.push_back({tag.element, tag.rule, 0, 0, true});
        return add_attributes(tag);
    }

    Status read_next() {
        if (take_end_tag()) return close();
        PROVOST_CHECK(reader_.expect(tree_indent(open_.size())));
        PROVOST_TRY(StartTag tag, read_start_tag());
        if (open_.back().rule->child == tag.element) {
            return reader_.error_at(tag.position,
                                    "the element that identifies the one above is out of place");
        }
        if (open_.size() > deepest_step)
            return reader_.error_at(tag.position, "elements are nested too deep");
        ++open_.back().children;
        if (reader_.take("/>\n")) {
            return ends_with_value(tag) ? read_value_leaf(tag) : read_empty(tag);
        }
        if (reader_.take(">\n")) return open(tag);
        if (!format_.value_attribute.empty()) return reader_.error("expected a line end");
        return read_text_leaf(tag);
    }

    bool take_end_tag() {
        Reader ahead = reader_;
        if (!ahead.take(tree_indent(open_.size() - 1)) || !ahead.take("</") ||
            !ahead.take(open_.back().element) || !ahead.take(">\n"))
            return false;
        reader_ = ahead;
        return true;
    }

    Result<StartTag> read_start_tag() {
        StartTag tag;
        tag.position = reader_.position();
        PROVOST_CHECK(reader_.expect("<"));
        PROVOST_TRY(const std::string_view name, read_xml_name(reader_));
        tag.element = name;
        tag.rule = &format_.rule_of(name);
        PROVOST_CHECK(read_xml_attributes(reader_, texts_, attributes_));
        tag.attributes = attributes_;
        return tag;
    }

    [[nodiscard]] bool ends_with_value(const StartTag& tag) const {
        return !format_.value_attribute.empty() && !tag.attributes.empty() &&
               tag.attributes.back().first == format_.value_attribute;
    }

    // The step that a start tag spells. Its attributes are taken off; the rest belong to parameters.
    Result<std::string> take_step(StartTag& tag) {
        std::string step(tag.element);
        auto next = tag.attributes.begin();
        for (const std::string& identity : tag.rule->identities) {
            if (next == tag.attributes.end() || next->first != identity) break;
            if (!is_identity(next->second))
                return reader_.error_at(tag.position, "it can't stand in brackets");
            step.append("[").append(next->second).append("]");
            ++next;
        }
        for (const auto& [name, value] : tag.rule->constants) {
            if (next == tag.attributes.end() || next->first != name || next->second != value) {
                return reader_.error_at(tag.position, "an attribute that it always has is not there");
            }
            ++next;
        }
        tag.attributes = {next, tag.attributes.end()};
        if (tag.attributes.size() > most_tree_attributes) {
            return reader_.error_at(tag.position, "it has too many attributes");
        }
        for (const auto& [name, value] : tag.attributes) {
            if (name != format_.value_attribute && !has_own_attribute(*tag.rule, name)) continue;
            return reader_.error_at(tag.position, "an attribute is out of place");
        }
        return step;
    }

    Status read_value_leaf(StartTag& tag) {
        const std::string_view value = tag.attributes.back().second;
        tag.attributes = tag.attributes.first(tag.attributes.size() - 1);
        PROVOST_TRY(const std::string step, take_step(tag));
        return add_leaf(tag, step, value);
    }

    Status read_text_leaf(StartTag& tag) {
        PROVOST_TRY(const std::string step, take_step(tag));
        PROVOST_CHECK(reader_.expect(">"));
        PROVOST_TRY(const std::string_view value, read_xml(reader_, xml_text, texts_));
        PROVOST_CHECK(expect_end_of(tag.element));
        return add_leaf(tag, step, value);
    }

    Status expect_end_of(std::string_view element) {
        PROVOST_CHECK(reader_.expect("</"));
        PROVOST_CHECK(reader_.expect(element));
        return reader_.expect(">\n");
    }

    Status add_leaf(const StartTag& tag, const std::string& step, std::string_view value) {
        if (tag.rule->by_place || !tag.rule->child.empty()) {
            return reader_.error_at(tag.position, "this element can't hold a value itself");
        }
        return add(step, value, tag.attributes);
    }

    // An element with nothing but attributes.
    Status read_empty(StartTag& tag) {
        PROVOST_TRY(const std::string step, take_branch_step(tag));
        if (tag.attributes.empty()) return reader_.error_at(tag.position, "an element without parameters");
        PROVOST_CHECK(enter(tag, step));
        PROVOST_CHECK(add_attributes(tag));
        return leave();
    }

    Status open(StartTag& tag) {
        PROVOST_TRY(std::string step, take_branch_step(tag));
        const std::string& child = tag.rule->child;
        const std::string start = std::string(tree_indent(open_.size() + 1)) + "<" + child + ">";
        const bool by_child = !child.empty() && reader_.take(start);
        if (by_child) {
            PROVOST_TRY(const std::string_view text, read_xml(reader_, xml_text, texts_));
            if (!is_identity(text)) return reader_.error("it can't stand in brackets");
            PROVOST_CHECK(expect_end_of(child));
            step.append("[").append(text).append("]");
        }
        PROVOST_CHECK(enter(tag, step));
        open_.back().complete = by_child && !tag.attributes.empty();
        return add_attributes(tag);
    }

    Result<std::string> take_branch_step(StartTag& tag) {
        PROVOST_TRY(std::string step, take_step(tag));
        if (!tag.rule->by_place) return step;
        const std::size_t place = ++places_[below(step)];
        if (place > most_places) return reader_.error_at(tag.position, "too many elements of a kind");
        return step + "[" + std::to_string(place) + "]";
    }

    Status enter(const StartTag& tag, const std::string& step) {
        const std::size_t above = path_.size();
        path_ = below(step);
        if (path_.size() > longest_tree_name) return reader_.error_at(tag.position, "its path is too long");
        if (!branches_.insert(path_).second) {
            return reader_.error_at(tag.position, "the element occurs twice");
        }
        open_.push_back({tag.element, tag.rule, above});
        return {};
    }

    Status close() {
        if (open_.back().children == 0 && !open_.back().complete) {
            return reader_.error("an element without parameters");
        }
        return leave();
    }

    Status leave() {
        path_.resize(open_.back().path_length);
        open_.pop_back();
        return {};
    }

    Status add_attributes(const StartTag& tag) {
        for (const auto& [name, value] : tag.attributes)
            PROVOST_CHECK(add("@" + std::string(name), value, {}));
        return {};
    }

    Status add(const std::string& step, std::string_view value, Attributes attributes) {
        const std::string name = below(step);
        if (name.size() > longest_tree_name) return reader_.error("its path is too long");
        sink_.take({name, value, attributes});
        return {};
    }

    [[nodiscard]] std::string below(const std::string& step) const {
        return path_.empty() ? step : path_ + "/" + step;
    }

    Reader reader_;
    const TreeFormat& format_;
    ParameterSink& sink_;
    UnescapedTexts texts_;
    XmlAttributeViews attributes_;  // of the start tag read last
    std::vector<OpenElement> open_;
    std::string path_;  // of the element open last
    std::unordered_set<std::string> branches_;
    std::unordered_map<std::string, std::size_t> places_;
};

}  // namespace

Status read_tree(std::string_view bytes, const TreeFormat& format, ParameterSink& sink) {
    PROVOST_TRY(const Reader reader, read_file_of(bytes));
    const auto wide = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
    if (format.ascii_only && wide != bytes.end()) {
        return reader.error_at(static_cast<std::size_t>(wide - bytes.begin()),
                               "the file holds more than ASCII");
    }
    return TreeReader(reader, format, sink).read();
}

}  // namespace provost
