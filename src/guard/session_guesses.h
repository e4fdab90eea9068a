// Who comes with one session's cookie after the other, none of which is one. A browser with an old cookie is
// the usual case and no alarm. A table of a fixed size; time is an argument.
#pragma once

#include "base/clock.h"
#include "guard/source.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

namespace provost {

class SessionGuesses {
 public:
    static constexpr std::size_t many = 10;  // different ones of a source within an hour

    explicit SessionGuesses(const ScatterSeed& seed, std::size_t slots = 1024);

    // first: of its source; guessing: the one that makes them many. Each once until the source was quiet for
    // an hour.
    enum class Seen : std::uint8_t { again, first, guessing };
    Seen note(const IpAddress& source, std::string_view cookie, Timestamp now);

 private:
    static constexpr std::size_t ways = 8;
    struct Slot {
        std::uint64_t key = 0;  // 0: empty
        Timestamp last{};
        std::size_t count = 0;                    // of different ones, up to `many`
        std::array<std::uint32_t, many> marks{};  // hashes of them
    };
    [[nodiscard]] std::uint64_t hash(char kind, ByteView bytes) const;
    Slot& place(std::uint64_t key, Timestamp now);

    const ScatterSeed seed_;
    std::mutex mutex_;
    std::vector<Slot> slots_;
};

}  // namespace provost
