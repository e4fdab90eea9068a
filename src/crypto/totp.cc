#include "crypto/totp.h"

#include "base/bytes.h"
#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/hmac.h"

#include <algorithm>
#include <array>

namespace provost {

std::int64_t totp_step(Timestamp now) {
    return to_millis(now) / 30'000;
}

// RFC 4226 section 5.3: four bytes at a place that the last nibble names, less their sign.
std::string totp_code(const Secret& key, std::int64_t step, int digits) {
    std::array<std::uint8_t, 8> counter{};
    for (std::size_t i = 0; i < counter.size(); ++i)
        counter[i] = static_cast<std::uint8_t>(step >> (56 - 8 * i));
    const auto mac = hmac_sha1(key, as_text(counter));
    const std::size_t place = mac.back() & 0xfU;
    std::uint32_t number = 0;
    for (std::size_t i = 0; i < 4; ++i) number = number << 8 | mac[place + i];
    number &= 0x7fffffffU;
    std::string code(static_cast<std::size_t>(digits), '0');
    for (auto digit = code.rbegin(); digit != code.rend(); ++digit, number /= 10)
        *digit = static_cast<char>('0' + number % 10);
    return code;
}

std::optional<std::int64_t> match_totp(const Secret& key, std::string_view code, Timestamp now,
                                       std::int64_t last_used) {
    std::optional<std::int64_t> found;
    const auto current = totp_step(now);
    for (auto step = current - totp_window; step <= current + totp_window; ++step) {
        auto wanted = totp_code(key, step);
        const bool fits = same_bytes(wanted, code);
        wipe(wanted.data(), wanted.size());
        if (fits && step > last_used && !found) found = step;
    }
    return found;
}

std::string totp_secret_text(const Secret& key) {
    auto text = to_base32(as_bytes(key.expose()));
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
    return text;
}

}  // namespace provost
