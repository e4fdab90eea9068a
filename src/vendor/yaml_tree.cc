#include "vendor/yaml_tree.h"

#include "domain/text.h"

#include <algorithm>
#include <memory>
#include <set>

#include <libfyaml.h>

namespace provost {

namespace {

constexpr std::size_t max_mistakes = 100;

template <auto destroy>
struct Closer {
    template <class T>
    void operator()(T* object) const {
        destroy(object);
    }
};
using DiagHandle = std::unique_ptr<fy_diag, Closer<fy_diag_destroy>>;
using ParserHandle = std::unique_ptr<fy_parser, Closer<fy_parser_destroy>>;
using DocumentHandle = std::unique_ptr<fy_document, Closer<fy_document_destroy>>;

YamlNode empty_map() {
    YamlNode node;
    node.kind = YamlNode::Kind::map;
    return node;
}

bool has_control_character(std::string_view line) {
    return std::any_of(line.begin(), line.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\t' && c != '\r') || byte == 0x7f;
    });
}

// "? key": of any shape, also behind the dashes of a list.
bool begins_with_explicit_key(std::string_view line) {
    while (line.starts_with(' ') || line.starts_with("- ")) line.remove_prefix(1);
    return line == "?" || line.starts_with("? ") || line.starts_with("?\t");
}

// What libfyaml 0.7.12 lets through and YAML does not (5.1), and where it ends without a word, at a NUL, or
// writes where it must not: keys of other shapes than words, which no file of ours has.
bool is_readable(std::string_view text, Mistakes& mistakes) {
    for (int line = 1; !text.empty(); ++line) {
        const auto end = text.find('\n');
        const auto bytes = text.substr(0, end);
        if (!is_valid_utf8(bytes) || has_control_character(bytes)) {
            mistakes.add(line, 1,
                         {"P-2102", "this line holds a NUL byte, a control character or invalid UTF-8", "",
                          "", "Save the file as UTF-8."});
            return false;
        }
        if (begins_with_explicit_key(bytes)) {
            mistakes.add(line, 1,
                         {"P-2102", "this line begins with '?': a key that is not plain text", "", "",
                          "Write a word for a key."});
            return false;
        }
        text = end == text.npos ? std::string_view() : text.substr(end + 1);
    }
    return true;
}

DiagHandle make_diagnostics() {
    fy_diag_cfg config{};
    fy_diag_cfg_default(&config);
    config.fp = nullptr;  // collected, never printed
    config.output_fn = [](fy_diag*, void*, const char*, std::size_t) {};
    DiagHandle diag(fy_diag_create(&config));
    if (diag) fy_diag_set_collect_errors(diag.get(), true);
    return diag;
}

void report_syntax(fy_diag* diag, Mistakes& mistakes) {
    void* cursor = nullptr;
    bool any = false;
    while (const fy_diag_error* found = fy_diag_errors_iterate(diag, &cursor)) {
        any = true;
        mistakes.add(found->line, found->column,
                     {"P-2102", "not readable as YAML", "", found->msg != nullptr ? found->msg : ""});
    }
    if (!any) mistakes.add(1, 1, {"P-2102", "not readable as YAML"});
}

// Copies libfyaml's tree into ours and refuses what a vendor file has no use for.
class TreeCopy {
 public:
    explicit TreeCopy(Mistakes& mistakes) : mistakes_(mistakes) {}

    YamlNode copy(fy_node* from, const YamlNode& stands, int depth) {
        YamlNode node;
        node.line = stands.line;
        node.column = stands.column;
        if (depth > yaml_max_depth) {
            refuse(node, "nested deeper than " + std::to_string(yaml_max_depth) + " levels",
                   "No vendor file needs more.");
            return node;
        }
        if (from == nullptr) return node;
        if (fy_token* const tag = fy_node_get_tag_token(from)) {
            if (const fy_mark* mark = fy_token_start_mark(tag)) stand_at(node, *mark, 0);
            refuse(node, "a YAML tag", "Remove the word that starts with '!'.");
        }
        if (fy_node_is_mapping(from)) {
            copy_map(from, node, depth);
        } else if (fy_node_is_sequence(from)) {
            copy_list(from, node, depth);
        } else {
            copy_text(from, node);
        }
        return node;
    }

 private:
    static void stand_at(YamlNode& node, const fy_mark& mark, int before) {
        node.line = mark.line + 1;
        node.column = mark.column + 1 - before;
    }

    void copy_text(fy_node* from, YamlNode& node) {
        fy_token* const token = fy_node_get_scalar_token(from);
        const auto style = fy_token_scalar_style(token);
        const bool alias = fy_node_is_alias(from);
        // libfyaml starts behind the quotation mark or the '*'
        const bool marked = alias || style == FYSS_SINGLE_QUOTED || style == FYSS_DOUBLE_QUOTED;
        if (const fy_mark* mark = fy_token_start_mark(token)) stand_at(node, *mark, marked ? 1 : 0);
        if (alias) refuse(node, "a YAML alias", "Write the value out.");
        std::size_t size = 0;
        const char* const text = fy_node_get_scalar(from, &size);
        if (text != nullptr) node.text.assign(text, size);
    }

    void copy_list(fy_node* from, YamlNode& node, int depth) {
        node.kind = YamlNode::Kind::list;
        void* cursor = nullptr;
        while (fy_node* item = fy_node_sequence_iterate(from, &cursor)) {
            node.items.push_back(copy(item, node, depth + 1));
        }
    }

    void copy_map(fy_node* from, YamlNode& node, int depth) {
        node.kind = YamlNode::Kind::map;
        std::set<std::string> seen;
        void* cursor = nullptr;
        while (fy_node_pair* pair = fy_node_mapping_iterate(from, &cursor)) {
            YamlNode key = copy(fy_node_pair_key(pair), node, depth + 1);
            if (key.kind != YamlNode::Kind::text) {
                refuse(key, "a key that is not plain text", "Write a word for a key.");
            } else if (!seen.insert(key.text).second) {
                mistakes_.add(key, {"P-2105", "key '" + key.text + "' stands here a second time", "",
                                    "one of the two would silently be ignored", "Remove one of them."});
            } else {
                if (node.entries.empty()) {
                    node.line = key.line;
                    node.column = key.column;
                }
                YamlNode value = copy(fy_node_pair_value(pair), key, depth + 1);
                node.entries.push_back({std::move(key), std::move(value)});
            }
        }
    }

    void refuse(const YamlNode& at, const std::string& what, std::string fix) {
        mistakes_.add(at, {"P-2102", "refused: " + what, "", "", std::move(fix)});
    }

    Mistakes& mistakes_;
};

}  // namespace

void Mistakes::add(int line, int column, Error error) {
    if (errors_.size() >= max_mistakes) return;
    error.where = origin_ + ":" + std::to_string(line) + ":" + std::to_string(column);
    errors_.push_back(std::move(error));
}

YamlNode parse_yaml(std::string_view text, Mistakes& mistakes) {
    if (text.size() > yaml_max_bytes) {
        mistakes.add(1, 1, {"P-2102", "file is larger than 1 MiB", "", "", "No vendor file needs more."});
        return empty_map();
    }
    if (!is_readable(text, mistakes)) return empty_map();
    const DiagHandle diag = make_diagnostics();
    fy_parse_cfg config{};
    config.diag = diag.get();
    config.flags = static_cast<fy_parse_cfg_flags>(FYPCF_ALLOW_DUPLICATE_KEYS | FYPCF_COLLECT_DIAG);
    const ParserHandle parser(fy_parser_create(&config));
    if (!diag || !parser || fy_parser_set_string(parser.get(), text.data(), text.size()) != 0) {
        mistakes.add(1, 1, {"P-2102", "not readable as YAML"});
        return empty_map();
    }
    const DocumentHandle document(fy_parse_load_document(parser.get()));
    if (!document || fy_document_root(document.get()) == nullptr) {
        report_syntax(diag.get(), mistakes);
        return empty_map();
    }
    YamlNode root = TreeCopy(mistakes).copy(fy_document_root(document.get()), YamlNode{}, 0);
    const DocumentHandle second(fy_parse_load_document(parser.get()));
    if (fy_diag_got_error(diag.get())) report_syntax(diag.get(), mistakes);
    if (second)
        mistakes.add(1, 1,
                     {"P-2102", "refused: more than one YAML document", "", "", "Remove the later '---'."});
    return root;
}

}  // namespace provost
