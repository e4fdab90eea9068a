// How fast people's passwords and codes may be tried (OWASP ASVS 6.1.1, 6.3.1): counted by source and by
// account, with delays that grow. The owner's own browser, which holds a mark from an earlier login, is
// counted apart: no failures from elsewhere keep it out. In a new browser its owner waits for a turn, and who
// failed less has one sooner. A table of a fixed size; time is an argument.
#pragma once

#include "base/clock.h"
#include "guard/source.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>
#include <vector>

namespace provost {

struct LoginTry {
    IpAddress source;
    std::string_view account;        // as it was typed, whether there is one or not
    std::optional<Sha256> own_mark;  // of a browser where this account's owner logged in
    bool code = false;               // after a right password: who guesses passwords does not delay it
};

struct LoginLimits {
    int free = 5;                                        // failures without a delay
    Duration first = std::chrono::seconds(2);            // after the next; doubles with each
    Duration longest_account = std::chrono::minutes(1);  // what strangers can delay a new browser by
    Duration longest_source = std::chrono::minutes(15);
    Duration forget = std::chrono::hours(1);  // without a try, so that who goes on asking stays known
    int spraying = 5;                         // accounts tried by one source within `forget`
};

// The longest delay at an account for a source that failed so often: a quarter of `longest` with no failure,
// all of it from three on. Between the turns of two that failed there is time that only better ones have, so
// that guessers by the dozen don't take every turn from its owner. A network is many people's and counts
// half.
Duration longest_at_account(Duration longest, int source_failures, int network_failures);

class LoginThrottle {
 public:
    explicit LoginThrottle(const ScatterSeed& seed, const LoginLimits& limits = {}, std::size_t slots = 8192);

    // How long this one has to wait. 0: it may try now, and is counted as a failure until it succeeds, so
    // that many at the same time are no more than one after the other.
    Duration take(const LoginTry& attempt, Timestamp now);
    struct Noted {
        bool spraying = false;  // once for each storm: one source tries one account after the other
    };
    Noted failed(const LoginTry& attempt, Timestamp now);
    void succeeded(const LoginTry& attempt);
    void undo(const LoginTry& attempt);  // of a try that was not looked at: it counts for nothing

    [[nodiscard]] std::size_t bytes() const { return slots_.size() * sizeof(Slot); }

 private:
    static constexpr std::size_t ways = 8, accounts_kept = 8;
    struct Slot {
        std::uint64_t key = 0;     // 0: empty
        Timestamp last{}, seen{};  // last that was let try, and last that asked
        int failures = 0;
        bool told = false;
        std::array<std::uint32_t, accounts_kept> accounts{};  // hashes of those tried; of sources alone
    };
    // What an attempt counts against: the mark alone, or source, its network and account, in this order.
    struct Counted {
        std::uint64_t key = 0;
        Duration longest{};
        int free = 0;
        bool is_source = false;
    };
    [[nodiscard]] std::vector<Counted> counted(const LoginTry& attempt) const;
    [[nodiscard]] std::uint64_t account_key(const LoginTry& attempt, bool code) const;
    [[nodiscard]] int failures_of(const Counted& one, Timestamp now);
    [[nodiscard]] std::uint64_t key_of(char kind, ByteView bytes) const;
    [[nodiscard]] Slot* find(std::uint64_t key);
    [[nodiscard]] Duration delay(const Slot* slot, const Counted& counted, Timestamp now) const;
    Slot& place(std::uint64_t key, Timestamp now);
    [[nodiscard]] bool sprays(Slot& slot, std::string_view account) const;

    const ScatterSeed seed_;
    const LoginLimits limits_;
    std::mutex mutex_;
    std::vector<Slot> slots_;
};

}  // namespace provost
