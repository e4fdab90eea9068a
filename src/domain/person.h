// Somebody who signs in (R-F2): who it is, what it may do where, and by what it proves itself.
#pragma once

#include "base/clock.h"
#include "domain/role_table.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

using PersonId = std::int64_t;

enum class PersonState : std::uint8_t { active, disabled };

struct Person {
    PersonId id = 0;
    std::string login;  // is_login()
    std::string name;
    Role role = Role::auditor;
    std::optional<TenantId> tenant = TenantId{0};  // as Actor::tenant
    PersonState state = PersonState::active;
    Timestamp created{};
    std::int64_t version = 1;
    bool operator==(const Person&) const = default;
};

// What a person has to prove itself by.
struct Factors {
    bool password = false;
    bool totp = false;
    int passkeys = 0;
    int recovery_left = 0;

    // Enough for a whole login: a passkey that knows its holder, or a password and a second factor.
    [[nodiscard]] bool enough() const { return passkeys > 0 || (password && totp); }
    // A password needs fewer characters beside one.
    [[nodiscard]] bool second() const { return passkeys > 0 || totp; }
    bool operator==(const Factors&) const = default;
};

std::string_view to_text(PersonState state);
std::optional<PersonState> parse_person_state(std::string_view text);

// 2 to 64 of a-z, 0-9 and . _ - @ +, with a letter or digit at both ends: names and mail addresses.
bool is_login(std::string_view text);

// Whether somebody may make, change, reset or remove people (and tokens) of that role: a platform admin all,
// a reseller and a tenant's admin those whose role is theirs or below. Whether the tenant is within its own
// is asked apart.
bool may_manage(Role who, Role whom);

}  // namespace provost
