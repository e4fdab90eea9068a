// Digests of SIP credentials (RFC 7616, RFC 8760) and of bytes.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <string>
#include <string_view>

namespace provost {

Sha256 sha256(std::string_view bytes);

// HA1 = H(user ":" realm ":" password), lower-case hexadecimal: what a registrar needs instead of the
// password.
std::string ha1_md5(std::string_view user, std::string_view realm, const Secret& password);
std::string ha1_sha256(std::string_view user, std::string_view realm, const Secret& password);

}  // namespace provost
