// A typed cursor over a YAML tree: asks for what the schema knows and reports everything else with its place.
#pragma once

#include "vendor/yaml_tree.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provost {

// One value, or nothing where an optional key is not there (or a mistake was reported already): then every
// question gives its fallback, silently. Views the tree.
class Yaml {
 public:
    Yaml(const YamlNode* node, Mistakes& mistakes) : node_(node), mistakes_(&mistakes) {}

    explicit operator bool() const { return node_ != nullptr; }

    [[nodiscard]] std::string text(std::string_view fallback = {}) const;  // may be empty
    [[nodiscard]] std::string words() const;                               // not empty
    [[nodiscard]] int number(int least, int most, int fallback) const;
    [[nodiscard]] bool toggle(bool fallback) const;  // yes | no

    template <class T>
    using Choices = std::initializer_list<std::pair<std::string_view, T>>;
    template <class T>
    [[nodiscard]] T choice(Choices<T> choices, T fallback) const {
        if (!is(YamlNode::Kind::text, "a word")) return fallback;
        std::vector<std::string_view> names;
        for (const auto& [name, value] : choices) {
            if (name == node_->text) return value;
            names.push_back(name);
        }
        unlisted(names);
        return fallback;
    }

    [[nodiscard]] std::vector<Yaml> items() const;  // of a list
    [[nodiscard]] std::vector<Yaml> one_or_more()
        const;  // of a list that is not empty, or the one text itself
    [[nodiscard]] std::vector<std::pair<Yaml, Yaml>> entries()
        const;  // key and value, of a map with free keys

    [[nodiscard]] bool is_map() const { return node_ != nullptr && node_->kind == YamlNode::Kind::map; }
    [[nodiscard]] bool is_text() const { return node_ != nullptr && node_->kind == YamlNode::Kind::text; }

    void mistake(Error error) const;                                  // at this value's place
    void unlisted(const std::vector<std::string_view>& known) const;  // P-2107: it is none of these

 private:
    friend class YamlMap;
    bool is(YamlNode::Kind kind, std::string_view wanted) const;

    const YamlNode* node_;
    Mistakes* mistakes_;
};

// A map with a fixed set of keys. Keys that nobody asked for by the time it goes are mistakes (P-2103).
class YamlMap {
 public:
    explicit YamlMap(const Yaml& value);
    ~YamlMap();
    YamlMap(const YamlMap&) = delete;
    YamlMap& operator=(const YamlMap&) = delete;

    [[nodiscard]] Yaml required(std::string_view key);  // P-2104 if it is not there
    [[nodiscard]] Yaml optional(std::string_view key);
    [[nodiscard]] const Yaml& self() const { return self_; }

 private:
    [[nodiscard]] const YamlNode* look_up(std::string_view key);

    Yaml self_;
    bool usable_;
    std::vector<std::string_view> asked_;
};

// "a, b, c", for messages.
std::string join_names(const std::vector<std::string_view>& names);

}  // namespace provost
