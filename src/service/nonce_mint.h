// The nonces of a door's Digest challenges (RFC 7616 sections 3.3 and 5.4). No table of what was handed out:
// a nonce carries its time and our mark. Only what was used is remembered, in a table of fixed size.
#pragma once

#include "base/clock.h"
#include "crypto/keyed_hash.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace provost {

class NonceMint {
 public:
    // `kept`: how many nonces are remembered as used; about 100 bytes each.
    explicit NonceMint(Duration life = std::chrono::minutes(5), std::size_t kept = 65'536)
        : life_(life), kept_(kept) {}

    [[nodiscard]] std::string make(Timestamp now) const;

    enum class Use : std::uint8_t {
        first,  // ours, young, and never before with this count
        stale,  // ours, but too old, used so before, or not known to be unused any more: ask with a new one
        forged  // none of this process and door
    };
    // Takes the count; the answer does not depend on who asks, nor on whether the password is right.
    Use use(std::string_view nonce, std::uint32_t count, Timestamp now);

 private:
    struct Id {
        std::int64_t made = 0;  // milliseconds
        std::uint64_t serial = 0;
        auto operator<=>(const Id&) const = default;
    };
    struct Counts {
        std::uint32_t highest = 0;
        std::uint64_t seen = 0;  // bit i: highest - i was used
    };
    [[nodiscard]] std::string mark(std::string_view front) const;
    static bool take(Counts& counts, std::uint32_t count);
    void forget_oldest();

    const Duration life_;
    const std::size_t kept_;
    const KeyedHash hash_;
    std::mutex mutex_;            // guards what follows
    std::map<Id, Counts> used_;   // oldest first
    std::int64_t forgotten_ = 0;  // nonces made up to then may have been used and forgotten
};

}  // namespace provost
