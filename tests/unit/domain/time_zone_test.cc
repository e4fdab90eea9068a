// Offsets against what the zones' own history says; the files are the system's.
#include "domain/time_zone.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace provost {
namespace {

TimeZone zone(const std::string& name) {
    std::ifstream in("/usr/share/zoneinfo/" + name, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    auto read = TimeZone::parse(bytes);
    EXPECT_TRUE(read) << name;
    return read ? *read : TimeZone();
}

struct Row {
    const char* zone;
    const char* at;
    int minutes;  // east of UTC
};

TEST(TimeZone, R_F3_offsets_around_the_changes_of_clocks) {
    for (const auto& row :
         {Row{"Europe/London", "2026-03-29T00:59:59Z", 0}, Row{"Europe/London", "2026-03-29T01:00:00Z", 60},
          Row{"Europe/London", "2026-10-25T00:59:59Z", 60}, Row{"Europe/London", "2026-10-25T01:00:00Z", 0},
          Row{"America/New_York", "2026-03-08T06:59:59Z", -300},
          Row{"America/New_York", "2026-03-08T07:00:00Z", -240},
          Row{"Australia/Lord_Howe", "2026-04-04T14:59:59Z", 660},
          Row{"Australia/Lord_Howe", "2026-04-04T15:00:00Z", 630},
          Row{"Asia/Kathmandu", "2026-06-01T00:00:00Z", 345},
          Row{"Pacific/Apia", "2026-06-01T00:00:00Z", 780}, Row{"Europe/London", "2050-07-01T00:00:00Z", 60},
          Row{"Europe/London", "2050-12-01T00:00:00Z", 0},
          Row{"Australia/Sydney", "2050-01-01T00:00:00Z", 660},
          Row{"Australia/Sydney", "2050-07-01T00:00:00Z", 600}, Row{"Etc/UTC", "2026-06-01T00:00:00Z", 0}}) {
        const auto at = from_rfc3339(row.at);
        ASSERT_TRUE(at) << row.at;
        EXPECT_EQ(zone(row.zone).east_of_utc(*at), std::chrono::minutes(row.minutes))
            << row.zone << " " << row.at;
    }
}

TEST(TimeZone, Reads_the_rules_of_POSIX) {
    const auto berlin = TimeZone::parse_rule("CET-1CEST,M3.5.0,M10.5.0/3");
    ASSERT_TRUE(berlin);
    EXPECT_EQ(berlin->standard, std::chrono::hours(1));
    EXPECT_EQ(berlin->summer, std::chrono::hours(2));
    EXPECT_EQ(berlin->end.time, std::chrono::hours(3));
    EXPECT_EQ(TimeZone::parse_rule("<+0545>-5:45")->standard, std::chrono::minutes(345));
    EXPECT_EQ(TimeZone::parse_rule("<-02>2<-01>,M3.5.0/-1,M10.5.0/0")->begin.time, -std::chrono::hours(1));
    for (const char* const text :
         {"", "X", "CET", "CET-1CEST", "CET-1CEST,J60,J300", "CET-1CEST,M13.1.0,M10.5.0", "CET-1 "})
        EXPECT_FALSE(TimeZone::parse_rule(text)) << text;
}

TEST(TimeZone, What_is_no_zone_file_is_refused) {
    std::ifstream in("/usr/share/zoneinfo/Europe/London", std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    EXPECT_EQ(TimeZone::parse("").error().code, "P-8306");
    EXPECT_FALSE(TimeZone::parse("TZif1" + whole.substr(5)));
    for (std::size_t length = 0; length + 40 < whole.size(); length += 7)
        (void)TimeZone::parse(whole.substr(0, length));
    auto spoilt = whole;
    for (std::size_t i = 20; i < spoilt.size(); i += 13) {
        const char was = spoilt[i];
        spoilt[i] = '\xff';
        (void)TimeZone::parse(spoilt);
        spoilt[i] = was;
    }
}

TEST(TimeZone, A_name_stays_within_its_folder) {
    for (const char* const name : {"Europe/London", "Etc/GMT+5", "America/Argentina/Buenos_Aires"})
        EXPECT_TRUE(is_zone_name(name));
    for (const char* const name :
         {"", "/etc/passwd", "../../etc/passwd", "Europe/../../x", "a b", "a//b", ".x", "a/"})
        EXPECT_FALSE(is_zone_name(name)) << name;
}

}  // namespace
}  // namespace provost
