// What is remembered of each key that was refused lately, in a table of a fixed size.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <tuple>
#include <vector>

namespace provost {

// `Entry` has `key` (0: empty), `last` (milliseconds) and weight(): in a full set the lightest goes, and of
// those the one that was seen longest ago. So a crowd that comes once each drives out no persistent one.
template <class Entry>
class WatchTable {
 public:
    explicit WatchTable(std::size_t slots)
        : entries_(std::bit_ceil(std::max(slots, ways * lock_count))), mask_(entries_.size() / ways - 1) {}

    // On the key's entry, made if there is none.
    template <class Change>
    auto with(std::uint64_t key, Change&& change) {
        const auto set = key & mask_;
        const std::lock_guard lock(locks_->at(set % lock_count));
        return change(place(set, key));
    }
    // ... only if there is one.
    template <class Change>
    void if_there(std::uint64_t key, Change&& change) {
        const auto set = key & mask_;
        const std::lock_guard lock(locks_->at(set % lock_count));
        for (std::size_t i = set * ways; i < (set + 1) * ways; ++i)
            if (entries_[i].key == key) change(entries_[i]);
    }
    [[nodiscard]] std::size_t bytes() const { return entries_.size() * sizeof(Entry); }

 private:
    static constexpr std::size_t ways = 8, lock_count = 16;

    Entry& place(std::size_t set, std::uint64_t key) {
        auto* const first = &entries_[set * ways];
        auto* least = first;
        for (auto* entry = first; entry != first + ways; ++entry) {
            if (entry->key == key) return *entry;
            if (order(*entry) < order(*least)) least = entry;
        }
        *least = Entry();
        least->key = key;
        return *least;
    }
    static auto order(const Entry& entry) { return std::tuple(entry.key != 0, entry.weight(), entry.last); }

    std::vector<Entry> entries_;
    std::size_t mask_;
    std::unique_ptr<std::array<std::mutex, lock_count>> locks_ =
        std::make_unique<std::array<std::mutex, lock_count>>();
};

}  // namespace provost
