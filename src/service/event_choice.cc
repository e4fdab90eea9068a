#include "service/event_choice.h"

#include "domain/text.h"
#include "service/event_catalogue.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::string_view visit = "visit";
constexpr auto last_rule = Rule::stage_without_secrets;

std::string visit_name(Rule rule) {
    return (is_refusal(rule) ? "refused." : "answered.") + std::string(to_text(rule));
}

std::vector<std::string> names_of_visits() {
    std::vector<std::string> names{std::string(visit)};
    for (int i = 0; i <= static_cast<int>(last_rule); ++i) names.push_back(visit_name(static_cast<Rule>(i)));
    return names;
}

std::vector<std::string> all_names() {
    auto names = names_of_visits();
    for (const auto& one : event_catalogue())
        if (one.where == "event" && one.name != visit) names.emplace_back(one.name);
    return names;
}

bool fits(std::string_view pattern, std::string_view name) {
    if (!pattern.ends_with('*')) return pattern == name;
    return name.starts_with(pattern.substr(0, pattern.size() - 1));
}

bool fits_any(std::string_view pattern, const std::vector<std::string>& names) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return fits(pattern, name); });
}

}  // namespace

Status EventChoice::check(std::string_view pattern) {
    static const auto names = all_names();
    if (fits_any(pattern, names)) return {};
    const std::vector<std::string_view> known(names.begin(), names.end());
    const auto near = nearest(pattern, known);
    return fail(
        {"P-2107", "no event is called '" + printable(pattern, 64) + "'", "", "",
         (near ? "Did you mean '" + std::string(*near) + "'? " : "") +
             "'provost event kinds' lists kinds; visits are refused.RULE or answered.RULE; a * at the "
             "end stands for any rest."});
}

bool EventChoice::takes(const Event& event) const {
    std::vector<std::string> names{event.kind};
    if (const auto rule = event.kind == visit ? parse_rule(event.rule) : std::nullopt)
        names.push_back(visit_name(*rule));
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [&](const std::string& pattern) { return fits_any(pattern, names); });
}

bool EventChoice::takes_visits() const {
    static const auto names = names_of_visits();
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [](const std::string& pattern) { return fits_any(pattern, names); });
}

}  // namespace provost
