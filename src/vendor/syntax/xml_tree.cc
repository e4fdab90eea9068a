// Nested elements: a parameter's name is the path below the root. Two passes: where everything stands, then
// the bytes.
#include "vendor/syntax/make.h"
#include "vendor/syntax/tree_layout.h"
#include "vendor/syntax/tree_reader.h"

#include <algorithm>

namespace provost {
namespace {

class TreeWriter {
 public:
    TreeWriter(const Parameters& parameters, const TreeFormat& format, const SecretSource& secrets,
               OutputBuffer& out)
        : parameters_(parameters), format_(format), secrets_(secrets), out_(out), start_(out.size()) {}

    Status write() {
        PROVOST_TRY(layout_, lay_out(parameters_, format_));
        if (!format_.header.empty()) out_.append(format_.header + "\n");
        seen_ = out_.size();
        return write_branch(0, 0);
    }

 private:
    // Recursion is as deep as a name has steps.
    Status write_branch(std::uint32_t position, std::size_t depth) {
        const TreeNode& node = layout_.nodes[position];
        if (position != 0 && node.attributes.empty() && node.children.empty()) {
            return refuse_parameter(parameters_[node.maker].name, unused_place);
        }
        write_start(node.step, depth);
        PROVOST_CHECK(write_attributes(node));
        const bool by_child = !node.step.rule->child.empty() && node.step.count == 1;
        if (position != 0 && node.children.empty() && !by_child) {
            out_.append("/>\n");
            return {};
        }
        out_.append(">\n");
        if (by_child) write_identifying_child(node.step, depth + 1);
        for (std::uint32_t i = node.children.first; i != no_position; i = layout_.items[i].next) {
            const TreeItem& item = layout_.items[i];
            PROVOST_CHECK(item.branch ? write_branch(item.position, depth + 1)
                                      : write_leaf(node, item, depth + 1));
        }
        write_end(node.step.element, depth);
        return {};
    }

    [[nodiscard]] std::string_view last_step(const TreeItem& item) const {
        return std::string_view(parameters_[item.position].name).substr(item.leaf);
    }

    void write_start(const TreeStep& step, std::size_t depth) {
        out_.append(tree_start(depth));
        out_.append(step.element);
        for (std::size_t i = 0; i < std::min(step.count, step.rule->identities.size()); ++i) {
            out_.append(step.rule->identity_openings[i]);
            append_xml(out_, step.texts[i], xml_attribute);
            out_.append('"');
        }
        out_.append(step.rule->constants_text);
    }

    void write_end(std::string_view element, std::size_t depth) {
        out_.append(tree_indent(depth));
        out_.append("</");
        out_.append(element);
        out_.append(">\n");
    }

    void write_identifying_child(const TreeStep& step, std::size_t depth) {
        out_.append(tree_start(depth));
        out_.append(step.rule->child);
        out_.append('>');
        append_xml(out_, step.texts[0], xml_text);
        write_end(step.rule->child, 0);
    }

    void write_attribute_name(std::string_view name) {
        out_.append(' ');
        out_.append(name);
        out_.append("=\"");
    }

    Status write_attributes(const TreeNode& node) {
        std::size_t count = 0;
        for (std::uint32_t i = node.attributes.first; i != no_position; i = layout_.items[i].next) {
            const Parameter& parameter = parameters_[layout_.items[i].position];
            const std::string_view name = last_step(layout_.items[i]).substr(1);
            if (!is_xml_name(name)) return refuse_parameter(parameter.name, "its name is not an XML name");
            if (!parameter.attributes.empty()) {
                return refuse_parameter(parameter.name, "it is an attribute itself, so it can't have any");
            }
            if (++count > most_tree_attributes)
                return refuse_parameter(parameter.name, "too many attributes");
            if (is_taken(node, i)) return refuse_parameter(parameter.name, "its element has it already");
            write_attribute_name(name);
            PROVOST_CHECK(write_value(parameter, xml_attribute));
            out_.append('"');
            PROVOST_CHECK(check_written(parameter));
        }
        return {};
    }

    // Whether the element has the attribute already, or would be read as a parameter with a value.
    [[nodiscard]] bool is_taken(const TreeNode& node, std::uint32_t item) const {
        const std::string& path = parameters_[layout_.items[item].position].name;
        const std::string_view name = last_step(layout_.items[item]).substr(1);
        if (name == format_.value_attribute || has_own_attribute(*node.step.rule, name)) return true;
        for (std::uint32_t i = node.attributes.first; i != item; i = layout_.items[i].next) {
            if (parameters_[layout_.items[i].position].name == path) return true;
        }
        return false;
    }

    Status write_leaf(const TreeNode& above, const TreeItem& item, std::size_t depth) {
        const Parameter& parameter = parameters_[item.position];
        TreeStep step;
        std::string_view why = read_step(last_step(item), format_, step);
        if (why.empty()) why = leaf_refusal(above, step, parameter);
        if (!why.empty()) return refuse_parameter(parameter.name, why);
        write_start(step, depth);
        append_xml_attributes(out_, parameter.attributes);
        const bool as_text = format_.value_attribute.empty();
        if (as_text) {
            out_.append('>');
        } else {
            write_attribute_name(format_.value_attribute);
        }
        PROVOST_CHECK(write_value(parameter, as_text ? xml_text : xml_attribute));
        if (as_text) {
            write_end(step.element, 0);
        } else {
            out_.append("\"/>\n");
        }
        return check_written(parameter);
    }

    [[nodiscard]] std::string_view leaf_refusal(const TreeNode& above, const TreeStep& step,
                                                const Parameter& parameter) const {
        const ElementRule& rule = *step.rule;
        if (rule.by_place || !rule.child.empty()) return "its last element can't hold a value itself";
        if (above.step.rule->child == step.element) return "it is the element that identifies the one above";
        const auto used = std::min(step.count, rule.identities.size());
        const auto identities_end = rule.identities.begin() + static_cast<std::ptrdiff_t>(used);
        const auto is_value = [this](std::string_view name) { return name == format_.value_attribute; };
        if (std::any_of(rule.identities.begin(), identities_end, is_value)) return value_is_taken;
        for (const auto& constant : rule.constants) {
            if (is_value(constant.first)) return value_is_taken;
        }
        if (parameter.attributes.size() > most_tree_attributes) {
            return "too many attributes";
        }
        for (const auto& attribute : parameter.attributes) {
            if (is_value(attribute.first)) return value_is_taken;
            if (has_own_attribute(rule, attribute.first)) return "an attribute occurs twice";
        }
        return xml_attributes_refusal(parameter.attributes);
    }

    Status write_value(const Parameter& parameter, const ByteClasses& classes) {
        PROVOST_TRY(const WrittenValue value, value_of(parameter, secrets_));
        const std::string_view quote = parameter.is_secret && format_.quoted_secrets ? "\"" : "";
        if (!quote.empty() &&
            (value.prefix.find('"') != value.prefix.npos || value.text.find('"') != value.text.npos)) {
            return refuse_parameter(parameter.name, "it holds a double quote, and stands in them");
        }
        for (const std::string_view piece : {quote, value.prefix, value.text, quote}) {
            if (piece.empty()) continue;
            const std::string_view why = append_xml(out_, piece, classes);
            if (!why.empty()) return refuse_parameter(parameter.name, why);
        }
        return {};
    }

    Status check_written(const Parameter& parameter) {
        if (format_.ascii_only && !is_ascii(out_.view().substr(seen_))) {
            return refuse_parameter(parameter.name, "the file can't hold more than ASCII");
        }
        seen_ = out_.size();
        return check_size(out_, start_, parameter);
    }

    static constexpr std::string_view value_is_taken = "the attribute of its value is there already";

    const Parameters& parameters_;
    const TreeFormat& format_;
    const SecretSource& secrets_;
    OutputBuffer& out_;
    std::size_t start_;
    std::size_t seen_ = 0;  // up to here the bytes are known to be ASCII
    TreeLayout layout_;
};

class XmlTree final : public Syntax {
 public:
    explicit XmlTree(TreeFormat format) : format_(std::move(format)) {}

    Status render(const Parameters& parameters, const SecretSource& secrets,
                  OutputBuffer& out) const override {
        return TreeWriter(parameters, format_, secrets, out).write();
    }

    Status read(std::string_view bytes, ParameterSink& sink) const override {
        return read_tree(bytes, format_, sink);
    }

 private:
    TreeFormat format_;
};

}  // namespace

SyntaxResult make_xml_tree(const SyntaxOptions& options) {
    PROVOST_TRY(TreeFormat format, read_tree_format(options));
    return std::make_unique<const XmlTree>(std::move(format));
}

}  // namespace provost
