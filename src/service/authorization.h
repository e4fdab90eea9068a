// A phone's Authorization header: HTTP Basic (RFC 7617) or Digest (RFC 7616). A stranger's bytes, read
// strictly.
#pragma once

#include "base/secret.h"
#include "crypto/digest.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace provost {

struct BasicLogin {
    std::string user;
    Secret password;
};

struct DigestLogin {
    DigestAlgorithm algorithm = DigestAlgorithm::md5;
    std::string user, realm, nonce, uri, client_nonce;
    std::string response;  // hexadecimal, lower case, of the algorithm's length
    std::string count;     // as sent, eight hexadecimal digits
    std::uint32_t count_number = 0;
};

using Login = std::variant<BasicLogin, DigestLogin>;

inline constexpr std::size_t longest_authorization = 1'024;

// nullopt for another scheme, for what does not follow the grammar, for a parameter that is missing or given
// twice, for another qop or algorithm than those we offer, and for more than `longest_authorization` bytes.
std::optional<Login> parse_authorization(std::string_view header);

}  // namespace provost
