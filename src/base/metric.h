// Counters that the phones' way can afford: relaxed atomics, no lock, no allocation. Read at any time.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace provost {

class Counter {
 public:
    void add(std::uint64_t by = 1) noexcept { value_.fetch_add(by, std::memory_order_relaxed); }
    [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
    std::atomic<std::uint64_t> value_ = 0;
};

// What a histogram held at one moment.
struct HistogramReading {
    std::span<const double> bounds;     // rising; static
    std::vector<std::uint64_t> counts;  // of each bound, not cumulated, and one more: beyond the last
    double sum = 0;
};

// How many values lay at or below each bound. Values are not negative; their sum is kept in millionths.
class Histogram {
 public:
    static constexpr std::size_t most_bounds = 20;

    explicit Histogram(std::span<const double> bounds) : bounds_(bounds.first(size_of(bounds))) {}

    void observe(double value) noexcept {
        std::size_t at = 0;
        while (at < bounds_.size() && value > bounds_[at]) ++at;
        counts_[at].add();
        sum_.add(static_cast<std::uint64_t>(value * millionths));
    }
    [[nodiscard]] HistogramReading read() const {
        HistogramReading reading{bounds_, {}, static_cast<double>(sum_.value()) / millionths};
        for (std::size_t i = 0; i <= bounds_.size(); ++i) reading.counts.push_back(counts_[i].value());
        return reading;
    }

 private:
    static constexpr double millionths = 1e6;
    static std::size_t size_of(std::span<const double> bounds) {
        return bounds.size() < most_bounds ? bounds.size() : most_bounds;
    }

    const std::span<const double> bounds_;
    std::array<Counter, most_bounds + 1> counts_;
    Counter sum_;
};

// Seconds, from a quick look-up to a deadline missed.
inline constexpr std::array duration_bounds{0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                            0.1,    0.25,  0.5,    1.0,   2.5,  10.0};

}  // namespace provost
