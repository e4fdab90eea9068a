// One-time passwords by time (RFC 6238): SHA-1, six digits, steps of 30 s, as every app on a phone has them.
#pragma once

#include "base/clock.h"
#include "base/secret.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

inline constexpr int totp_digits = 6;
inline constexpr std::int64_t totp_window = 1;  // steps that a clock may be off, either way

std::int64_t totp_step(Timestamp now);
std::string totp_code(const Secret& key, std::int64_t step, int digits = totp_digits);
// The step whose code it is, near now and later than the last that was taken; nullopt: none. Looks at every
// step of the window, whichever fits.
std::optional<std::int64_t> match_totp(const Secret& key, std::string_view code, Timestamp now,
                                       std::int64_t last_used);

std::string totp_secret_text(const Secret& key);  // as an app is given it: base32 in capitals

}  // namespace provost
