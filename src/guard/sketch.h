// Sets that cost a fixed amount of memory, however much is put into them. Keys are scattered ones.
#pragma once

#include "base/clock.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace provost {

// Up to `most` different keys, exactly; more are not told apart from those.
template <std::size_t most>
class Few {
 public:
    bool add(std::uint64_t key) {  // true: it is new
        const auto short_key = static_cast<std::uint32_t>(key >> 32);
        if (std::find(keys_.begin(), end(), short_key) != end() || count_ == most) return false;
        keys_[count_++] = short_key;
        return true;
    }
    void remove(std::uint64_t key) {
        const auto found = std::find(keys_.begin(), end(), static_cast<std::uint32_t>(key >> 32));
        if (found != end()) *found = keys_[--count_];
    }
    [[nodiscard]] std::size_t size() const { return count_; }

 private:
    using Keys = std::array<std::uint32_t, most>;
    typename Keys::iterator end() { return keys_.begin() + count_; }

    Keys keys_{};
    std::uint16_t count_ = 0;
};

// About how many different keys, by linear counting; up to about four times its bits.
template <std::size_t bits>
class Many {
 public:
    void add(std::uint64_t key) { seen_.set(key % bits); }
    [[nodiscard]] std::size_t size() const {
        const auto empty = static_cast<double>(std::max<std::size_t>(1, bits - seen_.count()));
        return static_cast<std::size_t>(std::lround(bits * std::log(bits / empty)));
    }

 private:
    std::bitset<bits> seen_;
};

// Whether a key came within the last days: a Bloom filter of two generations, each kept for one period.
class Recent {
 public:
    Recent(std::size_t bits, Duration period) : period_(period), old_(bits), young_(bits) {}

    bool add(std::uint64_t key, Timestamp now) {  // true: it is new, or so it seems
        if (now - turned_ >= period_) {
            old_.swap(young_);
            std::fill(young_.begin(), young_.end(), false);
            if (now - turned_ >= 2 * period_) std::fill(old_.begin(), old_.end(), false);
            turned_ = now;
        }
        const bool known = has(old_, key) || has(young_, key);
        for (std::size_t i = 0; i < hashes; ++i) young_[place(key, i)] = true;
        return !known;
    }

 private:
    static constexpr std::size_t hashes = 4;
    [[nodiscard]] std::size_t place(std::uint64_t key, std::size_t i) const {
        return (key + i * ((key >> 32) | 1)) % young_.size();
    }
    [[nodiscard]] bool has(const std::vector<bool>& bits, std::uint64_t key) const {
        for (std::size_t i = 0; i < hashes; ++i)
            if (!bits[place(key, i)]) return false;
        return true;
    }

    Duration period_;
    std::vector<bool> old_, young_;
    Timestamp turned_{};
};

}  // namespace provost
