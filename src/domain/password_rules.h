// What a person may choose as a password (NIST SP 800-63B section 5.1.1.2, OWASP ASVS 6.2): long, none that
// others guess first, none about the person or this server; nothing about kinds of characters, no expiry.
#pragma once

#include "base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace provost {

inline constexpr std::size_t least_password = 15;               // characters
inline constexpr std::size_t least_password_beside_factor = 8;  // where a second factor is set up
inline constexpr std::size_t longest_password = 1024;           // bytes; all of them count

// `about` are words that must not make it up: login, name, tenant, host. P-8607 with `why`, which never
// repeats the password.
Status check_password(std::string_view password, std::span<const std::string> about, bool second_factor);

// Bare as a guesser tries it: lower case, digits and signs that stand for letters as those, without what is
// no letter at both ends.
std::string bare_password(std::string_view password);
bool is_common_password(std::string_view bare);  // of the list in common_passwords.cc

}  // namespace provost
