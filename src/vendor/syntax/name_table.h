// Positions by name, while a file is laid out: an open-addressed table of a size fixed beforehand, for a node
// per name would cost more than the rendering.
#pragma once

#include <bit>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace provost {

class NameTable {
 public:
    static constexpr std::uint32_t none = UINT32_MAX;

    explicit NameTable(std::size_t most) : slots_(std::bit_ceil(2 * most + 1), none) {}

    // The position of a name, or `none` in a place that the caller fills at once, for at most `most` names in
    // all. The names outlive the table; `owner` tells equal names apart.
    std::uint32_t& operator()(std::uint64_t owner, std::string_view name) {
        std::size_t at = std::hash<std::string_view>{}(name) + owner * 0x9e3779b97f4a7c15U;
        while (true) {
            std::uint32_t& slot = slots_[at++ & (slots_.size() - 1)];
            if (slot == none) {
                slot = static_cast<std::uint32_t>(entries_.size());
                return entries_.emplace_back(Entry{name, owner, none}).position;
            }
            Entry& entry = entries_[slot];
            if (entry.owner == owner && entry.name == name) return entry.position;
        }
    }

 private:
    struct Entry {
        std::string_view name;
        std::uint64_t owner;
        std::uint32_t position;
    };
    std::vector<std::uint32_t> slots_;  // positions in entries_
    std::vector<Entry> entries_;
};

}  // namespace provost
