#include "domain/staging.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace provost {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

const TimeZone& zone(const std::string& name) {
    static std::map<std::string, TimeZone> known;
    const auto found = known.find(name);
    if (found != known.end()) return found->second;
    std::ifstream in("/usr/share/zoneinfo/" + name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    return known[name] = TimeZone::parse(bytes).value();
}

Timestamp at(const char* text) {
    return from_rfc3339(text).value();
}

TEST(DayWindow, R_F3_reads_hours_of_the_day) {
    EXPECT_EQ(DayWindow::parse("01:00-05:00").value(), (DayWindow{60, 300}));
    EXPECT_EQ(DayWindow::parse("22:30-24:00")->text(), "22:30-24:00");
    for (const char* const text : {"", "1:00-5:00", "01:00", "01:00-01:00", "24:00-01:00", "01:60-02:00",
                                   "01:00-25:00", "aa:bb-cc:dd"})
        EXPECT_EQ(DayWindow::parse(text).error().code, "P-8307") << text;
}

TEST(DayWindow, R_F3_opens_by_the_clock_on_the_wall_of_the_site) {
    struct Row {
        const char *zone, *window, *from, *opens;
    };
    for (const auto& row :
         {Row{"Europe/London", "01:00-05:00", "2026-01-10T12:00:00Z", "2026-01-11T01:00:00Z"},
          Row{"Europe/London", "01:00-05:00", "2026-07-10T12:00:00Z", "2026-07-11T00:00:00Z"},
          Row{"America/New_York", "01:00-05:00", "2026-07-10T12:00:00Z", "2026-07-11T05:00:00Z"},
          Row{"Asia/Kathmandu", "01:00-05:00", "2026-07-10T12:00:00Z", "2026-07-10T19:15:00Z"},
          Row{"Europe/London", "22:00-02:00", "2026-01-10T23:30:15Z", "2026-01-10T23:30:15Z"},
          // The hour from 01:00 is left out on 29 March: such a window stays shut that day, a longer one
          // opens at 02:00.
          Row{"Europe/London", "01:10-01:50", "2026-03-28T12:00:00Z", "2026-03-30T00:10:00Z"},
          Row{"Europe/London", "01:10-02:30", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z"},
          // It comes twice on 25 October: open twice.
          Row{"Europe/London", "01:10-01:50", "2026-10-24T12:00:00Z", "2026-10-25T00:10:00Z"},
          Row{"Europe/London", "01:10-01:50", "2026-10-25T00:50:00Z", "2026-10-25T01:10:00Z"}}) {
        const auto window = DayWindow::parse(row.window).value();
        const auto opens = window.next_opening(zone(row.zone), at(row.from));
        ASSERT_TRUE(opens) << row.window;
        EXPECT_EQ(to_rfc3339(*opens), to_rfc3339(at(row.opens)))
            << row.zone << " " << row.window << " " << row.from;
    }
}

TEST(Staging, R_F3_rates_are_read) {
    EXPECT_EQ(parse_rate("10/s").value(), milliseconds(100));
    EXPECT_EQ(parse_rate("30/m").value(), seconds(2));
    EXPECT_EQ(parse_rate("100/h").value(), seconds(36));
    for (const char* const text : {"", "10", "0/s", "-1/s", "101/s", "10/d", "x/s", "7000/m", "10/s "})
        EXPECT_EQ(parse_rate(text).error().code, "P-8307") << text;
}

TEST(Staging, What_takes_too_long_is_refused) {
    const std::vector<const TimeZone*> zones(100, &zone("Etc/UTC"));
    StagingRules rules{hours(1), {}, DayWindow{60, 120}, 1};
    EXPECT_EQ(Staging(zones, at("2026-01-01T00:00:00Z"), rules).plan().error().code, "P-8308");
}

RC_GTEST_PROP(Staging, R_F3_each_phone_once_no_faster_than_the_rate_within_its_window, ()) {
    const std::vector<std::string> names{"Europe/London", "America/New_York", "Asia/Kathmandu",
                                         "Australia/Lord_Howe"};
    std::vector<const TimeZone*> zones;
    for (const int one : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4)))
        zones.push_back(&zone(names[static_cast<std::size_t>(one)]));
    StagingRules rules;
    rules.spacing = milliseconds(*rc::gen::inRange(10, 60'000));
    rules.jitter = milliseconds(*rc::gen::inRange(0, 3'600'000));
    rules.seed = *rc::gen::arbitrary<std::uint64_t>();
    if (*rc::gen::arbitrary<bool>()) {
        const int from = *rc::gen::inRange(0, 1440), length = *rc::gen::inRange(60, 1380);
        rules.window = DayWindow{from, (from + length) % 1440 == from ? from + 1 : (from + length) % 1440};
    }
    const Timestamp start = at("2026-03-28T00:00:00Z") + seconds(*rc::gen::inRange(0, 86'400 * 365));
    const auto plan = Staging(zones, start, rules).plan();
    RC_ASSERT(plan.has_value());
    std::set<std::size_t> seen;
    Timestamp last = start - rules.spacing;
    for (const auto& stage : *plan) {
        RC_ASSERT(seen.insert(stage.phone).second);
        RC_ASSERT(stage.at >= last + rules.spacing);
        if (rules.window) RC_ASSERT(rules.window->is_open(*zones[stage.phone], stage.at));
        last = stage.at;
    }
    RC_ASSERT(seen.size() == zones.size());
    if (!rules.window && !zones.empty())
        RC_ASSERT(last <= start + rules.jitter + rules.spacing * static_cast<int>(zones.size()));
    RC_ASSERT(Staging(zones, start, rules).plan().value() == *plan);
}

// Phones that don't answer keep who tells them for eight seconds each: what is due by plan is sent later, and
// then too no faster than the rate, and never behind a window that has shut.
RC_GTEST_PROP(Staging, R_F3_rate_and_window_hold_for_one_that_falls_behind, ()) {
    const std::vector<const TimeZone*> sites{&zone("Europe/London"), &zone("America/New_York"),
                                             &zone("Asia/Kathmandu")};
    std::vector<const TimeZone*> zones;
    for (int i = *rc::gen::inRange(1, 400); i > 0; --i)
        zones.push_back(sites[static_cast<std::size_t>(i) % 3]);
    StagingRules rules;
    rules.spacing = milliseconds(*rc::gen::inRange(10, 2'000));
    rules.jitter = milliseconds(*rc::gen::inRange(0, 60'000));
    rules.seed = *rc::gen::arbitrary<std::uint64_t>();
    const int from = *rc::gen::inRange(0, 1440), length = *rc::gen::inRange(1, 10);
    rules.window = DayWindow{from, (from + length) % 1440};
    const auto start = at("2026-03-28T00:00:00Z") + seconds(*rc::gen::inRange(0, 86'400 * 365));

    Staging staging(zones, start, rules);
    std::multiset<Timestamp> busy;  // until when each is that waits for an answer
    const auto workers = static_cast<std::size_t>(*rc::gen::inRange(1, 17));
    std::set<std::size_t> told;
    Timestamp now = start, last = start - rules.spacing;
    for (int turn = 0; turn < 100'000 && staging.due() != Timestamp::max(); ++turn) {
        now = std::max(now, staging.due());
        if (busy.size() == workers) now = std::max(now, *busy.begin());
        busy.erase(busy.begin(), busy.upper_bound(now));
        const auto phone = staging.take(now);
        if (!phone) continue;
        RC_ASSERT(told.insert(*phone).second);
        RC_ASSERT(now >= last + rules.spacing);
        RC_ASSERT(rules.window->is_open(*zones[*phone], now));
        last = now;
        busy.insert(now + seconds(8));
    }
    RC_ASSERT(told.size() == zones.size());
}

}  // namespace
}  // namespace provost
