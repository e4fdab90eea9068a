// One-time addresses (R-A7): <prefix>t/<token>/<what the phone asks for>.
#pragma once

#include "base/bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost {

inline constexpr std::string_view token_folder = "t/";
inline constexpr std::size_t token_length = 52;  // 256 bits in base32

struct TokenPath {
    std::optional<Sha256> hash;  // nullopt: not the form of a token
    std::string target;          // what is asked for, as if it came without the token
};

// nullopt for a target outside the folder. The token's case does not matter: some phones change it.
std::optional<TokenPath> read_token_path(std::string_view target, std::string_view prefix);

// For records: whatever might be a token, wherever it stands, is left out.
std::string without_tokens(std::string_view target);

std::string make_token();
Sha256 token_hash(std::string_view token);

}  // namespace provost
