// Challenges for passkeys: 128 random bits, good for five minutes, one purpose and one answer. Asking for one
// costs no memory; only answers that were right are kept, until their time is over.
#pragma once

#include "base/clock.h"
#include "crypto/keyed_hash.h"

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace provost {

class PasskeyChallenges {
 public:
    static constexpr auto lasts = std::chrono::minutes(5);
    static constexpr std::size_t most_spent = 4096;

    enum class Purpose : std::uint8_t { login = 1, step_up, registration };
    // What it is good for; a step-up and a registration are one session's own.
    struct Use {
        Purpose purpose = Purpose::login;
        std::int64_t session = 0;
    };
    [[nodiscard]] std::string make(const Use& use, Timestamp now) const;  // base64url
    // Ours, for this use, in time, and not answered yet.
    [[nodiscard]] bool holds(std::string_view challenge, const Use& use, Timestamp now);
    // True once; after the answer proved to be right.
    bool spend(std::string_view challenge, Timestamp now);

 private:
    [[nodiscard]] std::string mac(const Use& use, std::string_view body) const;

    const KeyedHash key_;
    std::mutex mutex_;
    std::map<std::string, Timestamp, std::less<>> spent_;  // and when each may be forgotten
};

}  // namespace provost
