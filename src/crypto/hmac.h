// HMAC-SHA-256 (RFC 2104) under a key that others know too.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <string_view>

namespace provost {

Sha256 hmac_sha256(const Secret& key, std::string_view text);

}  // namespace provost
