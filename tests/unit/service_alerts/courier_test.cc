#include "service/courier.h"

#include <atomic>

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

AlertMessage message(std::string id, std::string name = "alert") {
    AlertMessage one;
    one.id = std::move(id);
    one.name = std::move(name);
    return one;
}

template <class Condition>
bool comes_true(const Condition& condition) {
    for (int i = 0; i < 1000; ++i, std::this_thread::sleep_for(10ms))
        if (condition()) return true;
    return false;
}

TEST(Courier, R_C7_PausesGrowUpToAQuarterOfAnHour) {
    EXPECT_EQ(pause_after(0), Duration(0));
    EXPECT_EQ(pause_after(1), 5s);
    EXPECT_EQ(pause_after(2), 10s);
    EXPECT_EQ(pause_after(8), 640s);
    EXPECT_EQ(pause_after(9), 15min);
    EXPECT_EQ(pause_after(1000), 15min);
}

TEST(Courier, R_C7_KeepsTheOrderAndSendsEachOnce) {
    std::mutex mutex;
    std::vector<std::string> got;
    Courier courier({"t",
                     [&](const AlertMessage& one) {
                         const std::lock_guard lock(mutex);
                         got.push_back(one.id);
                         return Status();
                     },
                     true, false});
    for (int i = 0; i < 20; ++i) courier.post(message(std::to_string(i)));
    ASSERT_TRUE(comes_true([&] { return courier.state().waiting == 0; }));
    const std::lock_guard lock(mutex);
    ASSERT_EQ(got.size(), 20U);
    EXPECT_EQ(got[0], "0");
    EXPECT_EQ(got[19], "19");
}

TEST(Courier, R_C7_WhatFailsWaitsWithItsIdAndTheOldestMakesRoom) {
    std::atomic<int> tries = 0;
    Courier courier({"t",
                     [&](const AlertMessage&) -> Status {
                         ++tries;
                         return fail({"P-7021", "no"});
                     },
                     true, false});
    for (int i = 0; i < 300; ++i) courier.post(message(std::to_string(i)));
    courier.post(message("299"));
    ASSERT_TRUE(comes_true([&] { return courier.state().failed == 1; }));
    const auto state = courier.state();
    EXPECT_EQ(state.waiting, Courier::most_waiting);
    EXPECT_GE(state.dropped, 99U);
    EXPECT_NE(state.trouble.find("no"), std::string::npos);
    EXPECT_EQ(courier.waiting().back().id, "299");
    EXPECT_EQ(tries.load(), 1) << "the pause holds";
}

TEST(Courier, R_C7_OfHeadsTheNewestIsEnough) {
    std::atomic<bool> open = false;
    Courier courier({"t",
                     [&](const AlertMessage&) -> Status {
                         if (open) return {};
                         return fail({"P-7021", "no"});
                     },
                     false, true});
    for (int i = 0; i < 50; ++i) courier.post(message(std::to_string(i), "audit-head"));
    EXPECT_LE(courier.waiting().size(), 2U);
    EXPECT_EQ(courier.waiting().back().id, "49");
    open = true;
    courier.finish(5s);
    EXPECT_EQ(courier.state().waiting, 0U) << "the end tries again without a pause";
}

}  // namespace
}  // namespace provost
