#include "domain/policy_loosening.h"

#include <algorithm>

namespace provost {

namespace {

bool lies_within(const Network& small, const Networks& networks) {
    return std::ranges::any_of(
        networks, [&](const Network& one) { return one.bits <= small.bits && one.contains(small.address); });
}

bool is_wider(const Networks& after, const Networks& before) {
    return !std::ranges::all_of(after, [&](const Network& one) { return lies_within(one, before); });
}

bool has_more(const AccessMethods& after, const AccessMethods& before) {
    return (after.basic && !before.basic) || (after.digest && !before.digest) ||
           (after.token && !before.token);
}

// 0 is never.
bool is_rarer(Duration after, Duration before) {
    return before.count() != 0 && (after.count() == 0 || after > before);
}

}  // namespace

std::vector<std::string_view> loosened(const Policy& before, const Policy& after) {
    std::vector<std::string_view> names;
    const auto note = [&](bool looser, std::string_view name) {
        if (looser) names.push_back(name);
    };
    note(after.minimum_rating < before.minimum_rating, "minimum_rating");
    note(after.window > before.window, "window");
    note(after.grace > before.grace, "grace");
    note(after.repeat_window > before.repeat_window, "repeat_window");
    note(after.repeat_limit > before.repeat_limit, "repeat_limit");
    note(is_rarer(after.rotate_every, before.rotate_every), "rotate_every");
    note(has_more(after.access, before.access), "fallback");
    note(is_wider(after.fallback_networks, before.fallback_networks), "fallback_networks");
    return names;
}

}  // namespace provost
