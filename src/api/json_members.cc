#include "api/json_members.h"

#include <set>
#include <vector>

#include <boost/json.hpp>

namespace provost {

namespace {

// Of the text that begins at `open` with a quote: where it ends, past its quote.
std::size_t end_of_text(std::string_view json, std::size_t open) {
    for (auto at = open + 1; at < json.size(); ++at) {
        if (json[at] == '\\')
            ++at;
        else if (json[at] == '"')
            return at + 1;
    }
    return json.size();
}

std::string unescaped(std::string_view quoted) {
    boost::system::error_code error;
    const auto value = boost::json::parse(quoted, error);
    return error || !value.is_string() ? std::string(quoted) : std::string(value.get_string());
}

}  // namespace

std::optional<std::string> repeated_member(std::string_view text) {
    struct Level {
        bool is_object;
        std::set<std::string> names;
    };
    std::vector<Level> levels;
    bool name_next = false;  // the next text is a member's name
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '{' || c == '[') levels.push_back({c == '{', {}});
        if ((c == '}' || c == ']') && !levels.empty()) levels.pop_back();
        if (c == '{' || c == ',') name_next = !levels.empty() && levels.back().is_object;
        if (c == '[' || c == ':') name_next = false;
        if (c != '"') continue;
        const auto end = end_of_text(text, at);
        if (name_next) {
            auto name = unescaped(text.substr(at, end - at));
            if (const auto [place, fresh] = levels.back().names.insert(name); !fresh) return name;
        }
        at = end - 1;
    }
    return std::nullopt;
}

}  // namespace provost
