#include "guard/budget.h"

#include <algorithm>
#include <cmath>

namespace provost {

namespace {

constexpr double micros_per_second = 1e6;

}  // namespace

Pace::Pace(const Budget& budget)
    : interval_(std::max<std::int64_t>(1, std::llround(micros_per_second / budget.per_second))),
      slack_(static_cast<std::int64_t>(std::max(0.0, budget.burst - 1) * static_cast<double>(interval_))) {}

std::int64_t Pace::sane(std::int64_t full_at, std::int64_t now) const {
    return std::clamp(full_at, now, now + slack_ + interval_);
}

bool Pace::has(std::int64_t full_at, std::int64_t now) const {
    return sane(full_at, now) - now <= slack_;
}

bool Pace::take(std::int64_t& full_at, std::int64_t now) const {
    full_at = sane(full_at, now);
    if (full_at - now > slack_) return false;
    full_at += interval_;
    return true;
}

void Pace::charge(std::int64_t& full_at, std::int64_t now, std::int64_t count) const {
    const auto most = slack_ / interval_ + 1;  // all that it holds
    full_at = sane(sane(full_at, now) + std::min(count, most) * interval_, now);
}

template <class Step>
bool SharedBucket::step(const Step& step) {
    auto seen = full_at_.load(std::memory_order_relaxed);
    for (;;) {
        auto next = seen;
        const bool done = step(next);
        if (next == seen || full_at_.compare_exchange_weak(seen, next, std::memory_order_relaxed))
            return done;
    }
}

// What was refused is written too where the clock was set back.
bool SharedBucket::take(Timestamp now) {
    return step([&](std::int64_t& full_at) { return pace_.take(full_at, to_micros(now)); });
}

void SharedBucket::charge(Timestamp now, std::int64_t count) {
    step([&](std::int64_t& full_at) {
        pace_.charge(full_at, to_micros(now), count);
        return true;
    });
}

bool SharedBucket::has(Timestamp now) const {
    return pace_.has(full_at_.load(std::memory_order_relaxed), to_micros(now));
}

bool BucketTable::take(std::uint64_t key, Timestamp now) {
    return slots_.with(key, [&](std::int64_t& full_at) { return pace_.take(full_at, to_micros(now)); });
}

void BucketTable::charge(std::uint64_t key, Timestamp now, std::int64_t count) {
    slots_.with(key, [&](std::int64_t& full_at) { pace_.charge(full_at, to_micros(now), count); });
}

bool BucketTable::has(std::uint64_t key, Timestamp now) const {
    return pace_.has(slots_.look(key), to_micros(now));
}

}  // namespace provost
