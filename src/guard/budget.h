// Token buckets as times: the generic cell rate algorithm (ITU-T I.371, annex A). A bucket is one number, the
// time at which it will be full again, so a table of them needs no upkeep.
#pragma once

#include "base/clock.h"
#include "guard/slot_table.h"

#include <atomic>
#include <cstdint>

namespace provost {

struct Budget {
    double per_second = 1;  // how fast it fills
    double burst = 1;       // what it holds, at least 1
    bool operator==(const Budget&) const = default;
};

// Microseconds since the epoch; rates of thousands a second need them.
inline std::int64_t to_micros(Timestamp time) {
    return to_millis(time) * 1000;
}

class Pace {
 public:
    explicit Pace(const Budget& budget);

    // Takes one if there is one.
    bool take(std::int64_t& full_at, std::int64_t now) const;
    // Takes what was spent already; an empty bucket stays empty.
    void charge(std::int64_t& full_at, std::int64_t now, std::int64_t count = 1) const;
    [[nodiscard]] bool has(std::int64_t full_at, std::int64_t now) const;

 private:
    // Never further ahead than a bucket can be, so that a clock set back costs one burst and no more.
    [[nodiscard]] std::int64_t sane(std::int64_t full_at, std::int64_t now) const;

    std::int64_t interval_, slack_;  // for one; for all but one
};

// One bucket that all share, without a lock.
class SharedBucket {
 public:
    explicit SharedBucket(const Budget& budget) : pace_(budget) {}
    bool take(Timestamp now);
    void charge(Timestamp now, std::int64_t count);
    [[nodiscard]] bool has(Timestamp now) const;

 private:
    template <class Step>
    bool step(const Step& step);

    const Pace pace_;
    std::atomic<std::int64_t> full_at_ = SlotTable::never;
};

// A bucket for each key that came lately.
class BucketTable {
 public:
    BucketTable(const Budget& budget, std::size_t slots) : pace_(budget), slots_(slots) {}
    bool take(std::uint64_t key, Timestamp now);
    void charge(std::uint64_t key, Timestamp now, std::int64_t count = 1);
    [[nodiscard]] bool has(std::uint64_t key, Timestamp now) const;
    [[nodiscard]] std::size_t bytes() const { return slots_.bytes(); }

 private:
    const Pace pace_;
    SlotTable slots_;
};

}  // namespace provost
