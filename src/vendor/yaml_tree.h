// A YAML file as plain data that knows where each piece stands. The only part of the house that meets
// libfyaml.
#pragma once

#include "base/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

constexpr std::size_t yaml_max_bytes = std::size_t{1} << 20;
constexpr int yaml_max_depth = 16;

struct YamlEntry;

// Every scalar is text. Lines and columns count from 1; a list or map stands where its key or first item
// does.
struct YamlNode {
    enum class Kind : unsigned char { text, list, map };
    Kind kind = Kind::text;
    std::string text;
    std::vector<YamlNode> items;     // Kind::list
    std::vector<YamlEntry> entries;  // Kind::map
    int line = 1;
    int column = 1;
};

struct YamlEntry {
    YamlNode key;  // Kind::text
    YamlNode value;
};

// Collects what is wrong with one file, so that its author mends everything in one go.
class Mistakes {
 public:
    explicit Mistakes(std::string origin) : origin_(std::move(origin)) {}

    // `error.where` is filled in. After 100 mistakes further ones are not kept.
    void add(int line, int column, Error error);
    void add(const YamlNode& at, Error error) { add(at.line, at.column, std::move(error)); }

    [[nodiscard]] const std::string& origin() const { return origin_; }
    [[nodiscard]] bool empty() const { return errors_.empty(); }
    [[nodiscard]] std::vector<Error> take() { return std::move(errors_); }

 private:
    std::string origin_;
    std::vector<Error> errors_;
};

// One document of at most yaml_max_bytes and yaml_max_depth. Refused, besides what YAML itself refuses:
// duplicate keys (P-2105), aliases, tags, a second document, keys that are not plain text (P-2102). On a
// mistake that leaves no tree the result is an empty map.
YamlNode parse_yaml(std::string_view text, Mistakes& mistakes);

}  // namespace provost
