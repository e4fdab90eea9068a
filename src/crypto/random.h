// Random bytes and generated passwords, from libsodium's generator.
#pragma once

#include <span>
#include <string_view>

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

namespace provost {

// Start libsodium; false if the system gives no randomness (then the start is refused).
bool start_random();
void random_bytes(std::span<std::uint8_t> out);

// `length` characters drawn uniformly from `alphabet` (no repeats in it). At least 128 bits (R-B4): P-4101 if length
// and alphabet give less.
Result<Secret> generate_password(std::string_view alphabet, int length);

// Letters and digits without 0 O 1 l I: what every vendor's file format and every registrar takes.
inline constexpr std::string_view safe_alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

}  // namespace provost
