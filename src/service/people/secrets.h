// How what a person knows or holds is derived and hashed.
#pragma once

#include "crypto/totp.h"
#include "service/key_holder.h"
#include "service/people_store.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost {

inline constexpr std::string_view totp_label = "totp";
inline constexpr std::string_view pepper_label = "password-pepper";

// Each password has a pepper of its own, so that whoever has the database must ask the key holder for each.
// Of somebody who has none the holder is asked all the same.
Result<Secret> pepper_of(KeyHolder& keys, const PersonSecrets& secrets);
Bytes new_salt();  // 16 random bytes

// As domain/password_rules. P-8607.
Status check_new_password(const Secret& password, const std::vector<std::string>& about, bool second_factor);

// Ten codes of 128 bits: four groups of letters and digits. Told once; their hashes are kept.
inline constexpr std::size_t recovery_codes = 10;
std::vector<std::string> draw_recovery_codes();
Sha256 recovery_hash(std::string_view typed);  // blanks, hyphens and case don't count

// 256 random bits as text for an address: a one-time login.
std::string draw_link_token();

}  // namespace provost
