#include "service/tripwire.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp start(std::chrono::hours(480'000));

int taken(TripwireTable& table, std::string_view source, Timestamp now, int tries) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += table.take(source, now) ? 1 : 0;
    return count;
}

TEST(Tripwire, R_C1_ASourceIsWrittenTenTimesAndThenOnceAMinute) {
    TripwireTable table(7);
    EXPECT_EQ(taken(table, "192.0.2.1", start, 100), 10);
    EXPECT_EQ(taken(table, "192.0.2.1", start + 59s, 100), 0);
    EXPECT_EQ(taken(table, "192.0.2.1", start + 61s, 100), 1);
    EXPECT_EQ(taken(table, "192.0.2.2", start + 61s, 100), 10) << "another source has its own";
    EXPECT_EQ(taken(table, "192.0.2.1", start + 24h, 100), 10);
}

TEST(Tripwire, R_C1_AnIpv6NetworkIsOneSource) {
    TripwireTable table(7);
    EXPECT_EQ(taken(table, "2001:db8::1", start, 5), 5);
    EXPECT_EQ(taken(table, "2001:db8::2", start, 100), 5);
    EXPECT_EQ(taken(table, "2001:db8:0:1::1", start, 100), 10);
}

TEST(Tripwire, R_C1_AFloodFromManySourcesCostsAFixedAmount) {
    TripwireTable table(7);
    int written = 0;
    for (int i = 0; i < 100'000; ++i) {
        const auto source = "10." + std::to_string(i >> 16) + "." + std::to_string((i >> 8) & 255) + "." +
                            std::to_string(i & 255);
        written += table.take(source, start + std::chrono::milliseconds(i)) ? 1 : 0;
    }
    // 200 at once, and one for each ten of the hundred seconds.
    EXPECT_GE(written, 200);
    EXPECT_LE(written, 211);
}

TEST(Tripwire, R_C1_AClockSetBackStopsNoRecordForLong) {
    TripwireTable table(7);
    EXPECT_EQ(taken(table, "192.0.2.1", start, 3), 3);
    EXPECT_EQ(taken(table, "192.0.2.1", start - 5min, 100), 2) << "five of ten are owed from the later time";
}

TEST(Tripwire, R_C1_WhatIsNoAddressIsOneSourceToo) {
    TripwireTable table(7);
    EXPECT_EQ(taken(table, "", start, 100), 10);
    EXPECT_EQ(taken(table, "nonsense", start, 100), 0);
}

}  // namespace
}  // namespace provost
