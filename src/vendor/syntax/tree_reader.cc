#include "vendor/syntax/tree_reader.h"

#include "vendor/syntax/reader.h"

#include <algorithm>
#include <map>
#include <set>

namespace provost {
namespace {

// A start tag as far as its attributes go.
struct StartTag {
    std::string element;
    const ElementRule* rule = nullptr;
    XmlAttributes attributes;  // behind those of its step, once the step is known
    std::size_t position = 0;
};

struct OpenElement {
    std::string element;
    const ElementRule* rule;
    std::size_t path_length;  // of the path above
    std::size_t children = 0;
    bool complete = false;  // without children as well
};

class TreeReader {
 public:
    TreeReader(Reader reader, const TreeFormat& format) : reader_(reader), format_(format) {}

    Result<std::vector<ParsedParameter>> read() {
        PROVOST_CHECK(read_root());
        while (!open_.empty()) PROVOST_CHECK(read_next());
        PROVOST_CHECK(reader_.expect_end());
        return std::move(parameters_);
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
        if (reader_.take(std::string(tree_indent(open_.size() - 1)) + "</" + open_.back().element + ">\n")) {
            return close();
        }
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
            return ends_with_value(tag) ? read_value_leaf(std::move(tag)) : read_empty(tag);
        }
        if (reader_.take(">\n")) return open(tag);
        if (!format_.value_attribute.empty()) return reader_.error("expected a line end");
        return read_text_leaf(std::move(tag));
    }

    Result<StartTag> read_start_tag() {
        StartTag tag;
        tag.position = reader_.position();
        PROVOST_CHECK(reader_.expect("<"));
        PROVOST_TRY(const std::string_view name, read_xml_name(reader_));
        tag.element = name;
        tag.rule = &format_.rule_of(name);
        PROVOST_TRY(tag.attributes, read_xml_attributes(reader_));
        return tag;
    }

    [[nodiscard]] bool ends_with_value(const StartTag& tag) const {
        return !format_.value_attribute.empty() && !tag.attributes.empty() &&
               tag.attributes.back().first == format_.value_attribute;
    }

    // The step that a start tag spells. Its attributes are taken off; the rest belong to parameters.
    Result<std::string> take_step(StartTag& tag) {
        std::string step = tag.element;
        auto next = tag.attributes.begin();
        for (const std::string& identity : tag.rule->identities) {
            if (next == tag.attributes.end() || next->first != identity) break;
            if (!is_identity(next->second))
                return reader_.error_at(tag.position, "it can't stand in brackets");
            step += "[" + next->second + "]";
            ++next;
        }
        for (const auto& constant : tag.rule->constants) {
            if (next == tag.attributes.end() || *next != constant) {
                return reader_.error_at(tag.position, "an attribute that it always has is not there");
            }
            ++next;
        }
        tag.attributes.erase(tag.attributes.begin(), next);
        if (tag.attributes.size() > most_tree_attributes) {
            return reader_.error_at(tag.position, "it has too many attributes");
        }
        for (const auto& [name, value] : tag.attributes) {
            if (name != format_.value_attribute && !has_own_attribute(*tag.rule, name)) continue;
            return reader_.error_at(tag.position, "an attribute is out of place");
        }
        return step;
    }

    Status read_value_leaf(StartTag tag) {
        std::string value = std::move(tag.attributes.back().second);
        tag.attributes.pop_back();
        PROVOST_TRY(const std::string step, take_step(tag));
        return add_leaf(std::move(tag), step, std::move(value));
    }

    Status read_text_leaf(StartTag tag) {
        PROVOST_TRY(const std::string step, take_step(tag));
        PROVOST_CHECK(reader_.expect(">"));
        PROVOST_TRY(std::string value, read_xml(reader_, xml_text));
        PROVOST_CHECK(reader_.expect("</" + tag.element + ">\n"));
        return add_leaf(std::move(tag), step, std::move(value));
    }

    Status add_leaf(StartTag tag, const std::string& step, std::string value) {
        if (tag.rule->by_place || !tag.rule->child.empty()) {
            return reader_.error_at(tag.position, "this element can't hold a value itself");
        }
        return add(step, std::move(value), std::move(tag.attributes));
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
        const std::string child = tag.rule->child;
        const std::string start = std::string(tree_indent(open_.size() + 1)) + "<" + child + ">";
        const bool by_child = !child.empty() && reader_.take(start);
        if (by_child) {
            PROVOST_TRY(const std::string text, read_xml(reader_, xml_text));
            if (!is_identity(text)) return reader_.error("it can't stand in brackets");
            PROVOST_CHECK(reader_.expect("</" + child + ">\n"));
            step += "[" + text + "]";
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

    Status add_attributes(StartTag& tag) {
        for (auto& [name, value] : tag.attributes) {
            PROVOST_CHECK(add("@" + name, std::move(value), {}));
        }
        return {};
    }

    Status add(const std::string& step, std::string value, XmlAttributes attributes) {
        std::string name = below(step);
        if (name.size() > longest_tree_name) return reader_.error("its path is too long");
        parameters_.push_back({std::move(name), std::move(value), std::move(attributes)});
        return {};
    }

    [[nodiscard]] std::string below(const std::string& step) const {
        return path_.empty() ? step : path_ + "/" + step;
    }

    Reader reader_;
    const TreeFormat& format_;
    std::vector<OpenElement> open_;
    std::string path_;  // of the element open last
    std::set<std::string> branches_;
    std::map<std::string, std::size_t> places_;
    std::vector<ParsedParameter> parameters_;
};

}  // namespace

Result<std::vector<ParsedParameter>> read_tree(std::string_view bytes, const TreeFormat& format) {
    PROVOST_TRY(const Reader reader, read_file_of(bytes));
    const auto wide = std::find_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) != 0; });
    if (format.ascii_only && wide != bytes.end()) {
        return reader.error_at(static_cast<std::size_t>(wide - bytes.begin()),
                               "the file holds more than ASCII");
    }
    return TreeReader(reader, format).read();
}

}  // namespace provost
