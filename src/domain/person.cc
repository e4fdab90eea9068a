#include "domain/person.h"

#include <algorithm>
#include <array>

namespace provost {

namespace {

constexpr std::array<std::string_view, 2> states{"active", "disabled"};

bool is_lower_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

}  // namespace

std::string_view to_text(PersonState state) {
    return states[static_cast<std::size_t>(state)];
}

std::optional<PersonState> parse_person_state(std::string_view text) {
    const auto found = std::find(states.begin(), states.end(), text);
    if (found == states.end()) return std::nullopt;
    return static_cast<PersonState>(found - states.begin());
}

bool is_login(std::string_view text) {
    if (text.size() < 2 || text.size() > 64) return false;
    if (!is_lower_or_digit(text.front()) || !is_lower_or_digit(text.back())) return false;
    return std::all_of(text.begin(), text.end(), [](char c) {
        return is_lower_or_digit(c) || std::string_view("._-@+").find(c) != std::string_view::npos;
    });
}

bool may_manage(Role who, Role whom) {
    if (who == Role::platform) return true;
    if (who != Role::reseller && who != Role::tenant_admin) return false;
    return whom >= who;
}

}  // namespace provost
