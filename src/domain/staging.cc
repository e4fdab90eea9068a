#include "domain/staging.h"

#include "domain/text.h"

#include <array>
#include <cstdio>
#include <utility>

namespace provost {

namespace {

using std::chrono::minutes;

constexpr int day_minutes = 24 * 60;
constexpr int looked_ahead = 8 * day_minutes;
constexpr int fastest = 100;  // a second

Error no_window(std::string_view text) {
    return {"P-8307", "'" + printable(text, 32) + "' is no window", "window", "",
            "Write such as 01:00-05:00."};
}

// "hh:mm", 24:00 among them; -1 for anything else.
int minute_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return -1;
    const auto hour = whole_number(text.substr(0, 2)), minute = whole_number(text.substr(3));
    if (!hour || !minute || *minute > 59) return -1;
    const auto total = *hour * 60 + *minute;
    return total > day_minutes ? -1 : static_cast<int>(total);
}

// SplitMix64: a good spread for little.
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15U;
    value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9U;
    value = (value ^ (value >> 27U)) * 0x94d049bb133111ebU;
    return value ^ (value >> 31U);
}

Error too_slow() {
    return {"P-8308", "that would take more than 30 days", "rate", "the rate and the window are too narrow",
            "Raise --rate, widen --window, or tell fewer phones."};
}

}  // namespace

Result<DayWindow> DayWindow::parse(std::string_view text) {
    const auto dash = text.find('-');
    if (dash == text.npos) return fail(no_window(text));
    const DayWindow window{minute_of_day(text.substr(0, dash)), minute_of_day(text.substr(dash + 1))};
    if (window.from < 0 || window.from == day_minutes || window.until < 0 || window.from == window.until)
        return fail(no_window(text));
    return window;
}

std::string DayWindow::text() const {
    std::array<char, 48> out{};
    std::snprintf(out.data(), out.size(), "%02d:%02d-%02d:%02d", from / 60, from % 60, until / 60,
                  until % 60);
    return out.data();
}

bool DayWindow::is_open(const TimeZone& zone, Timestamp at) const {
    const auto local = std::chrono::floor<minutes>(at + zone.east_of_utc(at)).time_since_epoch().count();
    const auto minute = static_cast<int>((local % day_minutes + day_minutes) % day_minutes);
    return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

std::optional<Timestamp> DayWindow::next_opening(const TimeZone& zone, Timestamp at) const {
    if (is_open(zone, at)) return at;
    Timestamp next = std::chrono::floor<minutes>(at);
    for (int i = 0; i < looked_ahead; ++i)
        if (is_open(zone, next += minutes(1))) return next;
    return std::nullopt;
}

Staging::Staging(std::vector<const TimeZone*> zones, Timestamp start, const StagingRules& rules)
    : zones_(std::move(zones)), start_(start), free_(start), rules_(rules) {
    for (std::size_t phone = 0; phone < zones_.size(); ++phone) put(phone, start_ + jitter_of(phone));
}

Timestamp Staging::due() const {
    return waiting_.empty() ? Timestamp::max() : std::max(waiting_.top().ready, free_);
}

// Those that came too late for their window are put off first: they take nobody's turn.
std::optional<std::size_t> Staging::take(Timestamp now) {
    while (due() <= now) {
        const auto phone = waiting_.top().phone;
        waiting_.pop();
        if (may_go(phone, now)) {
            free_ = now + rules_.spacing;
            return phone;
        }
        put(phone, now);
    }
    return std::nullopt;
}

Result<std::vector<Stage>> Staging::plan() const {
    auto left = *this;
    std::vector<Stage> stages;
    for (auto at = left.due(); at != Timestamp::max(); at = left.due()) {
        if (at - start_ > longest_staging) return fail(too_slow());
        if (const auto phone = left.take(at)) stages.push_back({*phone, at});
    }
    return stages;
}

Duration Staging::jitter_of(std::size_t phone) const {
    if (rules_.jitter.count() <= 0) return {};
    return Duration(static_cast<std::int64_t>(mixed(rules_.seed ^ mixed(phone)) %
                                              static_cast<std::uint64_t>(rules_.jitter.count())));
}

bool Staging::may_go(std::size_t phone, Timestamp at) const {
    return !rules_.window || rules_.window->is_open(*zones_[phone], at);
}

// Many phones ask for the same one.
Timestamp Staging::opening(const TimeZone& zone, Timestamp at) {
    auto& shut = shut_[&zone];
    if (at < shut.from || at >= shut.opens)
        shut = {at, rules_.window->next_opening(zone, at).value_or(at + longest_staging)};
    return shut.opens;
}

// One that has to wait for its window gets its jitter anew, behind the opening, where that is within the
// window.
void Staging::put(std::size_t phone, Timestamp at) {
    if (may_go(phone, at)) return waiting_.push({at, phone});
    const auto opens = opening(*zones_[phone], at), spread = opens + jitter_of(phone);
    waiting_.push({may_go(phone, spread) ? spread : opens, phone});
}

Result<Duration> parse_rate(std::string_view text) {
    const auto slash = text.find('/');
    const auto unit = slash == text.npos ? std::string_view() : text.substr(slash + 1);
    const auto count = whole_number(text.substr(0, std::min(slash, text.size()))).value_or(0);
    const Duration length = unit == "s"   ? Duration(std::chrono::seconds(1))
                            : unit == "m" ? Duration(std::chrono::minutes(1))
                            : unit == "h" ? Duration(std::chrono::hours(1))
                                          : Duration(0);
    if (count <= 0 || length.count() == 0 || count > length / std::chrono::seconds(1) * fastest)
        return fail({"P-8307", "'" + printable(text, 32) + "' is no rate", "rate", "",
                     "Write such as 10/s, 30/m or 100/h; 100/s at most."});
    return length / count;
}

}  // namespace provost
