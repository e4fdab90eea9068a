// HMAC (RFC 2104) under a key that others know too.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <array>
#include <string_view>

namespace provost {

Sha256 hmac_sha256(const Secret& key, std::string_view text);
Sha256 hmac_sha256(const Secret& key, const Secret& text);

// For one-time passwords alone (RFC 4226), whose apps know no other.
using Sha1Mac = std::array<std::uint8_t, 20>;
Sha1Mac hmac_sha1(const Secret& key, std::string_view text);

}  // namespace provost
