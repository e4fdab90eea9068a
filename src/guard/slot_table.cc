#include "guard/slot_table.h"

#include <algorithm>
#include <bit>

namespace provost {

SlotTable::SlotTable(std::size_t slots)
    : slots_(std::bit_ceil(std::max<std::size_t>(slots, ways * lock_count))),
      mask_(slots_.size() / ways - 1) {}

std::int64_t& SlotTable::place(std::size_t set, std::uint64_t key) {
    auto* const first = &slots_[set * ways];
    auto* least = first;
    for (auto* slot = first; slot != first + ways; ++slot) {
        if (slot->key == key) return slot->value;
        if (slot->value < least->value) least = slot;
    }
    *least = {key, never};
    return least->value;
}

std::int64_t SlotTable::look(std::uint64_t key) const {
    const auto set = key & mask_;
    const std::lock_guard lock(locks_->at(set % lock_count));
    const auto* const first = &slots_[set * ways];
    for (const auto* slot = first; slot != first + ways; ++slot)
        if (slot->key == key) return slot->value;
    return never;
}

}  // namespace provost
