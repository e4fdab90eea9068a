// HMAC-SHA-256 (RFC 2104) under a key that others know too, and base64 (RFC 4648 section 4).
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <string>
#include <string_view>

namespace provost {

Sha256 hmac_sha256(const Secret& key, std::string_view text);
std::string to_base64(ByteView bytes);

}  // namespace provost
