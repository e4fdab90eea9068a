// A table of a fixed size from keys to times: whatever comes, it costs the same memory.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>
#include <vector>

namespace provost {

// Eight slots a set. A new key takes the place of the smallest value in its set: the one that owes least, or
// was seen longest ago. Any thread; a lock holds 1/64 of the table.
class SlotTable {
 public:
    static constexpr std::int64_t never = std::numeric_limits<std::int64_t>::min();

    explicit SlotTable(std::size_t slots);  // rounded up to a power of two, 512 at least

    // `change(value)` on the key's own value, `never` if it had none.
    template <class Change>
    auto with(std::uint64_t key, Change&& change) {
        const auto set = key & mask_;
        const std::lock_guard lock(locks_->at(set % lock_count));
        return change(place(set, key));
    }
    [[nodiscard]] std::int64_t look(std::uint64_t key) const;

    [[nodiscard]] std::size_t bytes() const { return slots_.size() * sizeof(Slot) + sizeof(Locks); }

 private:
    static constexpr std::size_t ways = 8, lock_count = 64;
    struct Slot {
        std::uint64_t key = 0;  // 0: empty
        std::int64_t value = never;
    };
    using Locks = std::array<std::mutex, lock_count>;

    std::int64_t& place(std::size_t set, std::uint64_t key);

    std::vector<Slot> slots_;
    std::size_t mask_;
    std::unique_ptr<Locks> locks_ = std::make_unique<Locks>();
};

}  // namespace provost
