// The tripwire (R-C1): whoever speaks plain HTTP to this server has no business here. It is told nothing;
// what it asked for is recorded, within fixed bounds of memory and disk however many ask.
#pragma once

#include "service/store.h"

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct TripwireCall {
    enum class Kind : std::uint8_t { request, garbage, silence };
    Kind kind = Kind::silence;
    std::string source;                            // address
    std::string method, target, host, user_agent;  // as sent, kept so; of garbage `target` is how it begins
};

// Which calls are written down. Ten at once and then one a minute of each source (IPv6: /64), 200 at once and
// then one in ten seconds of all together. Who shares a slot of the table with another takes its place.
class TripwireTable {
 public:
    static constexpr std::size_t slots = 1024;

    explicit TripwireTable(std::uint64_t seed) : seed_(seed), table_(slots) {}
    bool take(std::string_view source, Timestamp now);  // false: count it only

 private:
    struct Bucket {
        std::int64_t full_at = 0;  // milliseconds: when it will hold all it can
        bool take(Timestamp now, Duration each, std::int64_t most);
        [[nodiscard]] bool has_one(Timestamp now, Duration each, std::int64_t most) const;
    };
    struct Slot {
        std::array<std::uint8_t, 16> network{};
        Bucket bucket;
    };

    const std::uint64_t seed_;
    std::vector<Slot> table_;
    Bucket all_;
};

class Tripwire {
 public:
    Tripwire(Store& store, std::uint64_t seed) : store_(store), table_(seed) {}

    // Any thread.
    void note(const TripwireCall& call, Timestamp now);
    // Now and then: tells how many calls were counted only, once a minute at most.
    void tick(Timestamp now);

 private:
    Store& store_;
    std::mutex mutex_;
    TripwireTable table_;
    std::uint64_t untold_ = 0;
    Timestamp told_{};
};

}  // namespace provost
