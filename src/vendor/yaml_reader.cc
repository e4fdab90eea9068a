#include "vendor/yaml_reader.h"

#include "domain/text.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

std::string quoted(std::string_view text) {
    return "'" + printable(text, 64) + "'";
}

std::string_view kind_name(YamlNode::Kind kind) {
    if (kind == YamlNode::Kind::map) return "a map";
    return kind == YamlNode::Kind::list ? "a list" : "a text";
}

std::string did_you_mean(std::string_view text, const std::vector<std::string_view>& known) {
    if (const auto near = nearest(text, known)) return "Did you mean '" + std::string(*near) + "'?";
    return known.empty() ? "" : "Known are: " + join_names(known) + ".";
}

}  // namespace

std::string join_names(const std::vector<std::string_view>& names) {
    std::string out;
    for (const auto name : names) {
        if (!out.empty()) out += ", ";
        out += name;
    }
    return out;
}

bool Yaml::is(YamlNode::Kind kind, std::string_view wanted) const {
    if (node_ == nullptr) return false;
    if (node_->kind == kind) return true;
    mistake({"P-2106", "expected " + std::string(wanted) + ", found " + std::string(kind_name(node_->kind)),
             "", "", "docs/reference/vendor-file.md shows the form."});
    return false;
}

void Yaml::mistake(Error error) const {
    if (node_ != nullptr) mistakes_->add(*node_, std::move(error));
}

void Yaml::unlisted(const std::vector<std::string_view>& known) const {
    const auto near = nearest(node_->text, known);
    const std::string guess = near ? "Did you mean '" + std::string(*near) + "'? " : "";
    mistake({"P-2107", quoted(node_->text) + " is not allowed here", "", "",
             guess + "Known are: " + join_names(known) + "."});
}

std::string Yaml::text(std::string_view fallback) const {
    return is(YamlNode::Kind::text, "a text") ? node_->text : std::string(fallback);
}

std::string Yaml::words() const {
    if (!is(YamlNode::Kind::text, "a text")) return {};
    if (node_->text.empty())
        mistake({"P-2107", "the text is empty", "", "", "Write one, or leave out an optional key."});
    return node_->text;
}

int Yaml::number(int least, int most, int fallback) const {
    if (!is(YamlNode::Kind::text, "a number")) return fallback;
    const char* const end = node_->text.data() + node_->text.size();
    int value = 0;
    const auto [stop, error] = std::from_chars(node_->text.data(), end, value);
    if (error == std::errc() && stop == end && value >= least && value <= most) return value;
    mistake({"P-2107", quoted(node_->text) + " is not a whole number in range", "", "",
             "Write one from " + std::to_string(least) + " to " + std::to_string(most) + "."});
    return fallback;
}

bool Yaml::toggle(bool fallback) const {
    return choice<bool>({{"yes", true}, {"no", false}}, fallback);
}

std::vector<Yaml> Yaml::items() const {
    std::vector<Yaml> out;
    if (!is(YamlNode::Kind::list, "a list")) return out;
    for (const auto& item : node_->items) out.emplace_back(&item, *mistakes_);
    return out;
}

std::vector<Yaml> Yaml::one_or_more() const {
    if (node_ == nullptr) return {};
    if (node_->kind == YamlNode::Kind::text) return {*this};
    auto out = items();
    if (out.empty() && node_->kind == YamlNode::Kind::list)
        mistake({"P-2107", "the list is empty", "", "", "Give it an item, or leave out an optional key."});
    return out;
}

std::vector<std::pair<Yaml, Yaml>> Yaml::entries() const {
    std::vector<std::pair<Yaml, Yaml>> out;
    if (!is(YamlNode::Kind::map, "a map")) return out;
    for (const auto& entry : node_->entries) {
        out.emplace_back(Yaml(&entry.key, *mistakes_), Yaml(&entry.value, *mistakes_));
    }
    return out;
}

YamlMap::YamlMap(const Yaml& value) : self_(value), usable_(value.is(YamlNode::Kind::map, "a map")) {}

YamlMap::~YamlMap() {
    if (!usable_) return;
    for (const auto& entry : self_.node_->entries) {
        if (std::find(asked_.begin(), asked_.end(), entry.key.text) != asked_.end()) continue;
        Yaml(&entry.key, *self_.mistakes_)
            .mistake({"P-2103", "unknown key " + quoted(entry.key.text), "", "",
                      did_you_mean(entry.key.text, asked_)});
    }
}

const YamlNode* YamlMap::look_up(std::string_view key) {
    asked_.push_back(key);
    if (!usable_) return nullptr;
    for (const auto& entry : self_.node_->entries) {
        if (entry.key.text == key) return &entry.value;
    }
    return nullptr;
}

Yaml YamlMap::optional(std::string_view key) {
    return {look_up(key), *self_.mistakes_};
}

Yaml YamlMap::required(std::string_view key) {
    const YamlNode* const found = look_up(key);
    if (found == nullptr && usable_) {
        self_.mistake(
            {"P-2104", "key '" + std::string(key) + "' is missing", "", "", "Add it to this block."});
    }
    return {found, *self_.mistakes_};
}

}  // namespace provost
