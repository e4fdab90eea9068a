#include "service/people/challenges.h"

#include "crypto/base_text.h"
#include "crypto/digest.h"
#include "crypto/random.h"

#include <array>

namespace provost {

namespace {

constexpr std::size_t nonce_size = 16, time_size = 8, mac_size = 16;

void append_number(std::string& out, std::int64_t number) {
    for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

Timestamp read_time(std::string_view bytes) {
    std::uint64_t number = 0;
    for (const char c : bytes) number = number << 8 | static_cast<std::uint8_t>(c);
    return from_millis(static_cast<std::int64_t>(number));
}

}  // namespace

std::string PasskeyChallenges::mac(const Use& use, std::string_view body) const {
    std::string whole(1, static_cast<char>(use.purpose));
    append_number(whole, use.session);
    whole += body;
    return std::string(as_text(key_.of(whole)).substr(0, mac_size));
}

std::string PasskeyChallenges::make(const Use& use, Timestamp now) const {
    std::array<std::uint8_t, nonce_size> nonce{};
    random_bytes(nonce);
    std::string body(as_text(nonce));
    append_number(body, to_millis(now + lasts));
    body += mac(use, body);
    return to_base64url(as_bytes(body));
}

bool PasskeyChallenges::holds(std::string_view challenge, const Use& use, Timestamp now) {
    const auto bytes = from_base64url(challenge, nonce_size + time_size + mac_size);
    if (!bytes || bytes->size() != nonce_size + time_size + mac_size) return false;
    const auto text = as_text(*bytes);
    const auto body = text.substr(0, nonce_size + time_size);
    if (!same_bytes(mac(use, body), text.substr(body.size()))) return false;
    const auto end = read_time(body.substr(nonce_size));
    if (now >= end || end - now > lasts) return false;
    const std::lock_guard lock(mutex_);
    return !spent_.contains(challenge);
}

bool PasskeyChallenges::spend(std::string_view challenge, Timestamp now) {
    const std::lock_guard lock(mutex_);
    std::erase_if(spent_, [&](const auto& one) { return one.second <= now; });
    if (spent_.size() >= most_spent) return false;
    return spent_.emplace(challenge, now + lasts).second;
}

}  // namespace provost
