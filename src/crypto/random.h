// Random bytes and generated passwords, from libsodium's generator.
#pragma once

#include "base/bytes.h"
#include "base/result.h"
#include "base/secret.h"

#include <span>
#include <string_view>

namespace provost {

// Start libsodium; false if the system gives no randomness (then the start is refused).
bool start_random();
void random_bytes(std::span<std::uint8_t> out);

// What a generated password must hold at least: a SIP password (R-B4), and one that a person may have to type
// on the phone's keypad to reach its menus (R-D6).
inline constexpr double sip_password_bits = 128;
inline constexpr double device_password_bits = 64;

// `length` characters drawn uniformly from `alphabet` (no repeats in it). P-4101 if length and alphabet give
// less than `least_bits`.
Result<Secret> generate_password(std::string_view alphabet, int length,
                                 double least_bits = sip_password_bits);

// Letters and digits without 0 O 1 l I: what every vendor's file format and every registrar takes.
inline constexpr std::string_view safe_alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

}  // namespace provost
