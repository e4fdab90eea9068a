#include "domain/time_zone.h"

#include <algorithm>
#include <charconv>

namespace provost {

namespace {

using std::chrono::seconds;

Error no_zone(const char* why) {
    return {"P-8306", "this is no time zone file", "", why, "Install the system's time zones (tzdata)."};
}

class BigEndian {
 public:
    explicit BigEndian(std::string_view bytes) : bytes_(bytes) {}
    [[nodiscard]] bool has(std::size_t count) const { return bytes_.size() >= count; }
    std::string_view take(std::size_t count) {
        const auto front = bytes_.substr(0, count);
        bytes_.remove_prefix(front.size());
        return front;
    }
    std::int64_t number(std::size_t count) {
        std::uint64_t value = 0;
        const auto front = take(count);
        for (const char c : front) value = value << 8U | static_cast<unsigned char>(c);
        if (count == 4) return static_cast<std::int32_t>(static_cast<std::uint32_t>(value));
        return static_cast<std::int64_t>(value);
    }
    [[nodiscard]] std::string_view rest() const { return bytes_; }

 private:
    std::string_view bytes_;
};

struct Head {
    std::size_t utc = 0, standard = 0, leaps = 0, times = 0, types = 0, letters = 0;

    [[nodiscard]] std::size_t size(std::size_t time) const {
        return times * (time + 1) + types * 6 + letters + leaps * (time + 4) + standard + utc;
    }
};

constexpr std::size_t most_entries = 100'000;

std::optional<Head> read_head(BigEndian& in) {
    if (!in.has(44) || in.take(4) != "TZif" || in.take(1) < "2") return std::nullopt;
    in.take(15);
    Head head;
    for (auto* const one :
         {&head.utc, &head.standard, &head.leaps, &head.times, &head.types, &head.letters}) {
        *one = static_cast<std::size_t>(in.number(4));
        if (*one > most_entries) return std::nullopt;
    }
    return head.types == 0 ? std::nullopt : std::optional(head);
}

// Takes off the front of a POSIX rule.
class RuleScanner {
 public:
    explicit RuleScanner(std::string_view text) : rest_(text) {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    bool take(char c) {
        if (!rest_.starts_with(c)) return false;
        rest_.remove_prefix(1);
        return true;
    }
    bool name() {
        const bool quoted = rest_.starts_with('<');
        const auto end = quoted ? rest_.find('>') : rest_.find_first_of("+-0123456789,");
        const auto length = quoted && end != rest_.npos ? end + 1 : std::min(end, rest_.size());
        if (length < 3) return false;
        rest_.remove_prefix(length);
        return true;
    }
    std::optional<unsigned> number() {
        unsigned value = 0;
        const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), value);
        if (read.ec != std::errc() || value > 10'000) return std::nullopt;
        rest_.remove_prefix(static_cast<std::size_t>(read.ptr - rest_.data()));
        return value;
    }
    // [+-]hh[:mm[:ss]]
    std::optional<seconds> time() {
        const bool negative = take('-');
        if (!negative) take('+');
        seconds total{};
        for (const int unit : {3600, 60, 1}) {
            const auto part = number();
            if (!part) return std::nullopt;
            total += seconds(*part * static_cast<unsigned>(unit));
            if (!take(':')) break;
        }
        return negative ? -total : total;
    }

 private:
    std::string_view rest_;
};

std::optional<TimeZone::YearlyChange> read_change(RuleScanner& in) {
    if (!in.take(',') || !in.take('M')) return std::nullopt;
    const auto month = in.number();
    const bool first = in.take('.');
    const auto week = in.number();
    const bool second = in.take('.');
    const auto day = in.number();
    if (!month || !first || !week || !second || !day || *month < 1 || *month > 12 || *week < 1 || *week > 5 ||
        *day > 6)
        return std::nullopt;
    TimeZone::YearlyChange change{*month, *week, *day, std::chrono::hours(2)};
    if (!in.take('/')) return change;
    const auto time = in.time();
    if (!time) return std::nullopt;
    change.time = *time;
    return change;
}

// In local time, as if it were UTC.
std::chrono::sys_seconds moment(std::chrono::year year, const TimeZone::YearlyChange& change) {
    using namespace std::chrono;
    const auto in_month = year / month(change.month);
    const weekday day(change.day);
    const sys_days date =
        change.week == 5 ? sys_days(in_month / day[last]) : sys_days(in_month / day[change.week]);
    return date + change.time;
}

seconds offset_by(const TimeZone::YearlyRule& rule, std::chrono::sys_seconds at) {
    if (rule.begin.month == 0) return rule.standard;
    const auto local = std::chrono::floor<std::chrono::days>(at + rule.standard);
    const auto year = std::chrono::year_month_day(local).year();
    const auto begin = moment(year, rule.begin) - rule.standard;
    const auto end = moment(year, rule.end) - rule.summer;
    const bool summer = begin < end ? at >= begin && at < end : at >= begin || at < end;
    return summer ? rule.summer : rule.standard;
}

}  // namespace

std::optional<TimeZone::YearlyRule> TimeZone::parse_rule(std::string_view text) {
    RuleScanner in(text);
    YearlyRule rule;
    if (!in.name()) return std::nullopt;
    const auto west = in.time();
    if (!west) return std::nullopt;
    rule.standard = rule.summer = -*west;
    if (in.at_end()) return rule;
    if (!in.name()) return std::nullopt;
    rule.summer = rule.standard + std::chrono::hours(1);
    auto copy = in;
    if (const auto own = copy.time()) rule.summer = -*own, in = copy;
    const auto begin = read_change(in), end = begin ? read_change(in) : std::nullopt;
    if (!begin || !end || !in.at_end()) return std::nullopt;
    rule.begin = *begin;
    rule.end = *end;
    return rule;
}

Result<TimeZone> TimeZone::parse(std::string_view file) {
    BigEndian in(file);
    const auto old = read_head(in);
    if (!old || !in.has(old->size(4))) return fail(no_zone("it has no first part"));
    in.take(old->size(4));  // times of 32 bits
    const auto head = read_head(in);
    if (!head || !in.has(head->size(8))) return fail(no_zone("it has no second part"));
    std::vector<std::int64_t> times(head->times);
    for (auto& time : times) time = in.number(8);
    const auto kinds = in.take(head->times);
    std::vector<seconds> offsets(head->types);
    for (auto& offset : offsets) {
        offset = seconds(in.number(4));
        in.take(2);
    }
    TimeZone zone;
    zone.first_ = offsets.front();
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto kind = static_cast<unsigned char>(kinds[i]);
        if (kind >= offsets.size() || (i > 0 && times[i] <= times[i - 1]))
            return fail(no_zone("its table is broken"));
        zone.changes_.push_back({times[i], offsets[kind]});
    }
    in.take(head->letters + head->leaps * 12 + head->standard + head->utc);
    auto footer = in.rest();
    if (footer.starts_with('\n')) footer.remove_prefix(1);
    zone.rule_ = parse_rule(footer.substr(0, footer.find('\n')));
    return zone;
}

seconds TimeZone::east_of_utc(Timestamp at) const {
    const auto whole = std::chrono::floor<seconds>(at);
    const auto now = whole.time_since_epoch().count();
    if (rule_ && (changes_.empty() || now >= changes_.back().at)) return offset_by(*rule_, whole);
    const auto after = std::upper_bound(changes_.begin(), changes_.end(), now,
                                        [](std::int64_t time, const Change& one) { return time < one.at; });
    return after == changes_.begin() ? first_ : std::prev(after)->east;
}

bool is_zone_name(std::string_view name) {
    if (name.empty() || name.size() > 64 || name.front() == '/' || name.back() == '/') return false;
    if (name.find("..") != name.npos || name.find("//") != name.npos || name.front() == '.') return false;
    return name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/") ==
           name.npos;
}

}  // namespace provost
