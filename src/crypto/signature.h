// Ed25519 (RFC 8032).
#pragma once

#include "base/bytes.h"

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace provost {

using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;
using SigningSeed = std::span<const std::uint8_t, 32>;

PublicKey public_key_of(SigningSeed seed);
Signature sign(SigningSeed seed, std::string_view text);
bool is_signed_by(const PublicKey& key, std::string_view text, const Signature& signature);

}  // namespace provost
