#include "base/clock.h"

#include <array>
#include <charconv>
#include <cstdio>

namespace provost {

namespace {

struct Unit {
    char name;
    std::int64_t millis;
};
constexpr std::array units = {Unit{'d', 86'400'000}, Unit{'h', 3'600'000}, Unit{'m', 60'000},
                              Unit{'s', 1'000}};
constexpr std::int64_t longest_days = 3650;

bool digits_at(std::string_view text, std::size_t at, std::size_t count, int& value) {
    const auto part = text.substr(at, count);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), value);
    return error == std::errc() && end == part.data() + count;
}

}  // namespace

Timestamp SystemClock::now() const {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
}

std::string to_rfc3339(Timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<Duration> clock(time - day);
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                  static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                  static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return text;
}

std::optional<Timestamp> from_rfc3339(std::string_view text) {
    int year, month, day, hour, minute, second, millis = 0;
    if (text.size() != 20 && text.size() != 24) return std::nullopt;
    if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text.back() != 'Z')
        return std::nullopt;
    if (!digits_at(text, 0, 4, year) || !digits_at(text, 5, 2, month) || !digits_at(text, 8, 2, day) ||
        !digits_at(text, 11, 2, hour) || !digits_at(text, 14, 2, minute) || !digits_at(text, 17, 2, second))
        return std::nullopt;
    if (text.size() == 24 && (text[19] != '.' || !digits_at(text, 20, 3, millis))) return std::nullopt;
    using namespace std::chrono;
    const year_month_day date{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                              std::chrono::day(static_cast<unsigned>(day))};
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return Timestamp(sys_days(date)) + hours(hour) + minutes(minute) + seconds(second) + milliseconds(millis);
}

std::optional<Duration> parse_duration(std::string_view text) {
    if (text.size() < 2) return std::nullopt;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size() - 1, count);
    if (error != std::errc() || end != text.data() + text.size() - 1 || count < 0) return std::nullopt;
    for (const auto& unit : units)
        if (unit.name == text.back()) {
            if (count > longest_days * units[0].millis / unit.millis) return std::nullopt;
            return Duration(count * unit.millis);
        }
    return std::nullopt;
}

std::string to_text(Duration duration) {
    for (const auto& unit : units)
        if (duration.count() != 0 && duration.count() % unit.millis == 0)
            return std::to_string(duration.count() / unit.millis) + unit.name;
    return std::to_string(duration.count() / 1000) + "s";
}

}  // namespace provost
