// Budgets and the tables that hold them.
#include "guard_testing.h"

#include <thread>

namespace provost {
namespace {

using namespace guard_testing;

int taken(BucketTable& table, std::uint64_t key, Timestamp now, int tries) {
    int count = 0;
    for (int i = 0; i < tries; ++i) count += table.take(key, now) ? 1 : 0;
    return count;
}

TEST(Budget, R_C4_HoldsItsBurstAndFillsAtItsRate) {
    struct Row {
        Budget budget;
        double wait;
        int first, then;
    };
    const Row rows[] = {{{1, 1}, 0, 1, 0},          {{1, 1}, 1, 1, 1},        {{10, 50}, 1, 50, 10},
                        {{10, 50}, 100, 50, 50},    {{2000, 5}, 0.001, 5, 2}, {{10.0 / 60, 40}, 60, 40, 10},
                        {{1.0 / 3600, 3}, 60, 3, 0}};
    for (const auto& row : rows) {
        BucketTable table(row.budget, 512);
        EXPECT_EQ(taken(table, 7, at(0), 100), row.first) << row.budget.per_second;
        EXPECT_EQ(taken(table, 7, at(row.wait), 100), row.then) << row.budget.per_second;
    }
}

TEST(Budget, R_C4_KeysHaveTheirOwn) {
    BucketTable table({1, 2}, 512);
    EXPECT_EQ(taken(table, 1, at(0), 9), 2);
    EXPECT_EQ(taken(table, 2, at(0), 9), 2);
    EXPECT_FALSE(table.has(1, at(0)));
    EXPECT_TRUE(table.has(3, at(0)));
}

TEST(Budget, WhatWasSpentAlreadyEmptiesItButNeverMore) {
    BucketTable table({1, 3}, 512);
    for (int i = 0; i < 100; ++i) table.charge(1, at(0));
    EXPECT_FALSE(table.has(1, at(0)));
    EXPECT_TRUE(table.has(1, at(1)));
}

TEST(Budget, AClockSetBackCostsOneBurst) {
    BucketTable table({1, 5}, 512);
    EXPECT_EQ(taken(table, 1, at(1'000'000), 9), 5);
    EXPECT_EQ(taken(table, 1, at(0), 9), 0);
    EXPECT_EQ(taken(table, 1, at(5), 9), 5);
    SharedBucket shared({1, 1});
    EXPECT_TRUE(shared.take(at(1'000'000)));
    EXPECT_FALSE(shared.take(at(0)));
    EXPECT_TRUE(shared.take(at(2)));
}

TEST(Budget, OneBucketForAllThreadsGivesNoMoreThanItHolds) {
    SharedBucket shared({0.001, 1000});
    std::atomic<int> count = 0;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 1000; ++i) count += shared.take(at(0)) ? 1 : 0;
        });
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(count, 1000);
}

TEST(Budget, R_C4_WhoOwesMostStaysInAFullTable) {
    BucketTable table({1, 100}, 512);
    const auto debtor = scatter(seed, std::uint64_t{42});
    for (int i = 0; i < 200; ++i) (void)table.take(debtor, at(0));
    for (std::uint64_t i = 0; i < 1'000'000; ++i) (void)table.take(scatter(seed, i + 1000), at(0.5));
    EXPECT_FALSE(table.has(debtor, at(0.5)));
}

TEST(Source, CountsV4ByAddressAndV6ByTheirSlash64) {
    EXPECT_EQ(host_of(ip("192.0.2.7")).text(), "192.0.2.7/32");
    EXPECT_EQ(network_of(ip("192.0.2.7")).text(), "192.0.2.0/24");
    EXPECT_EQ(host_of(ip("2001:db8:1:2:3::4")).text(), "2001:db8:1:2::/64");
    EXPECT_EQ(network_of(ip("2001:db8:1:2:3::4")).text(), "2001:db8:1::/48");
    const Gate gate(GateSettings{});
    EXPECT_EQ(gate.meet(ip("2001:db8::1")).host, gate.meet(ip("2001:db8::2")).host);
    EXPECT_NE(gate.meet(ip("2001:db8::1")).host, gate.meet(ip("2001:db8:0:1::1")).host);
    EXPECT_NE(gate.meet(ip("2001:db8::1")).host, gate.meet(ip("2001:db8::1")).network);
}

}  // namespace
}  // namespace provost
