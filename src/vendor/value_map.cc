#include "vendor/value_map.h"

#include "domain/text.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

Error unknown_value(const ParameterRule& rule, std::string_view text, SettingKey key) {
    std::string known;
    for (const auto& [canonical, replacement] : rule.values) {
        if (known.size() > 200) break;  // time zones come by the hundred
        known += (known.empty() ? "" : ", ") + canonical;
    }
    return {"P-2203", "these phones have no '" + printable(text, 64) + "'", to_text(key),
            "the vendor file has no word for it in '" + rule.name.source() + "'",
            "They have: " + known + "."};
}

}  // namespace

Result<std::string_view> map_value(const ParameterRule& rule, std::string_view text, SettingKey key) {
    if (rule.values.empty() && !rule.has_fallback) return text;
    if (const auto found = rule.values.find(text); found != rule.values.end())
        return std::string_view(found->second);
    if (rule.has_fallback) return std::string_view(rule.fallback);
    return fail(unknown_value(rule, text, key));
}

std::vector<std::string_view> split_list(std::string_view text) {
    std::vector<std::string_view> items;
    while (!text.empty()) {
        const auto comma = text.find(',');
        items.push_back(text.substr(0, comma));
        text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
    }
    return items;
}

std::string phone_number(const ParameterRule& rule, std::string_view number) {
    std::int64_t value = 0;
    std::from_chars(number.data(), number.data() + number.size(), value);
    if (rule.divide != 0) value = (value + rule.divide - 1) / rule.divide;
    if (rule.least) value = std::max<std::int64_t>(value, *rule.least);
    if (rule.most) value = std::min<std::int64_t>(value, *rule.most);
    return std::to_string(value);
}

}  // namespace provost
