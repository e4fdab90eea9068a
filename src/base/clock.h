// Time as a value. Rules take it as an argument; only the edges read a clock.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

using Duration = std::chrono::milliseconds;
using Timestamp = std::chrono::sys_time<Duration>;  // UTC, milliseconds

inline std::int64_t to_millis(Timestamp time) {
    return time.time_since_epoch().count();
}
inline Timestamp from_millis(std::int64_t millis) {
    return Timestamp(Duration(millis));
}

std::string to_rfc3339(Timestamp time);                         // 2026-11-23T23:59:59.123Z
std::optional<Timestamp> from_rfc3339(std::string_view text);   // UTC ('Z') only
std::optional<Duration> parse_duration(std::string_view text);  // 90s, 15m, 1h, 14d; 0s to 3650d
std::string to_text(Duration duration);                         // the largest unit that divides it: "14d"

class Clock {
 public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
 public:
    [[nodiscard]] Timestamp now() const override;
};

class ManualClock final : public Clock {  // for tests
 public:
    explicit ManualClock(Timestamp start) : now_(start) {}
    [[nodiscard]] Timestamp now() const override { return now_; }
    void advance(Duration by) { now_ += by; }
    void set(Timestamp to) { now_ = to; }

 private:
    Timestamp now_;
};

}  // namespace provost
