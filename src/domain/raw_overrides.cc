#include "domain/raw_overrides.h"

#include "domain/stored_line.h"
#include "domain/text.h"

#include <algorithm>
#include <tuple>

namespace provost {

namespace {

constexpr std::string_view prefix = "raw.";
constexpr std::size_t longest_parameter = 256;

RawOverrides::iterator place_of(RawOverrides& overrides, std::string_view vendor,
                                std::string_view parameter) {
    const auto before = [](const RawOverride& a, const std::pair<std::string_view, std::string_view>& b) {
        return std::pair<std::string_view, std::string_view>(a.vendor, a.parameter) < b;
    };
    return std::lower_bound(overrides.begin(), overrides.end(), std::pair(vendor, parameter), before);
}

}  // namespace

bool is_raw_name(std::string_view name) {
    return name.starts_with(prefix);
}

Result<RawName> parse_raw_name(std::string_view name) {
    const auto rest = is_raw_name(name) ? name.substr(prefix.size()) : std::string_view();
    const auto dot = rest.find('.');
    const auto vendor = rest.substr(0, dot);
    const auto parameter = dot == rest.npos ? std::string_view() : rest.substr(dot + 1);
    const bool clean = parameter.size() <= longest_parameter && is_clean_text(parameter) &&
                       parameter.find('=') == parameter.npos && trim(parameter).size() == parameter.size();
    if (is_slug(vendor) && !parameter.empty() && clean) return RawName{vendor, parameter};
    return fail({"P-2060", "not the name of a vendor's parameter", printable(name, 64),
                 "it needs a vendor and the vendor's own name for the parameter",
                 "Write raw.VENDOR.PARAMETER=VALUE; 'provost vendor list' shows the vendors."});
}

std::string to_text(const RawOverride& one) {
    return std::string(prefix) + one.vendor + "." + one.parameter;
}

void put(RawOverrides& overrides, RawOverride one) {
    const auto at = place_of(overrides, one.vendor, one.parameter);
    if (at != overrides.end() && at->vendor == one.vendor && at->parameter == one.parameter)
        at->value = std::move(one.value);
    else
        overrides.insert(at, std::move(one));
}

void erase(RawOverrides& overrides, RawName name) {
    std::erase_if(overrides, [&](const RawOverride& one) {
        return one.vendor == name.vendor && one.parameter == name.parameter;
    });
}

std::pair<std::string_view, std::string_view> split_raw_index(std::string_view parameter) {
    const auto open = parameter.rfind('[');
    if (open == parameter.npos || open == 0 || parameter.back() != ']') return {parameter, {}};
    const auto index = parameter.substr(open + 1, parameter.size() - open - 2);
    if (index.empty()) return {parameter, {}};
    return {parameter.substr(0, open), index};
}

std::string format_raw_overrides(const RawOverrides& overrides) {
    std::string text;
    for (const auto& one : overrides) text += to_text(one) + "=" + one.value + "\n";
    return text;
}

Result<RawOverrides> parse_raw_overrides(std::string_view text) {
    RawOverrides overrides;
    while (!text.empty()) {
        PROVOST_TRY(const auto line, take_stored_line(text));
        PROVOST_TRY(const auto name, parse_raw_name(line.name));
        if (!is_clean_text(line.value))
            return fail(
                {"P-2002", "value holds control characters or invalid UTF-8", printable(line.whole, 64)});
        put(overrides, {std::string(name.vendor), std::string(name.parameter), std::string(line.value)});
    }
    return overrides;
}

}  // namespace provost
