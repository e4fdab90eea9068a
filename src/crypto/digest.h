// Digests of SIP credentials (RFC 7616, RFC 8760) and of bytes.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace provost {

Sha256 sha256(std::string_view bytes);

// A keyed hash for tables in memory: SipHash-2-4 with 128 bits, under a key that each process draws anew.
using ShortHash = std::array<std::uint64_t, 2>;
ShortHash short_hash(std::string_view bytes);

// HA1 = H(user ":" realm ":" password), lower-case hexadecimal: what a registrar needs instead of the
// password.
std::string ha1_md5(std::string_view user, std::string_view realm, const Secret& password);
std::string ha1_sha256(std::string_view user, std::string_view realm, const Secret& password);

}  // namespace provost
