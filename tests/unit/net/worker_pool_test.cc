#include "net/worker_pool.h"

#include "door_fixture.h"
#include "net/event_streams.h"

#include <future>
#include <latch>

namespace provost::test {
namespace {

using namespace std::chrono_literals;
using Pace = WorkerPool::Pace;

TEST(WorkerPoolTest, SlowWorkLeavesHalfOfTheThreads) {
    WorkerPool pool(4, 100);
    pool.start();
    std::promise<void> go;
    const auto gone = go.get_future().share();
    std::atomic<int> slow = 0, quick = 0;
    for (int i = 0; i < 10; ++i)
        ASSERT_TRUE(pool.submit(
            [&, gone] {
                ++slow;
                gone.wait();
            },
            Pace::slow));
    EXPECT_TRUE(eventually([&] { return slow == 2; }));
    for (int i = 0; i < 10; ++i) ASSERT_TRUE(pool.submit([&] { ++quick; }, Pace::quick));
    EXPECT_TRUE(eventually([&] { return quick == 10; }));
    EXPECT_EQ(slow, 2);
    go.set_value();
    EXPECT_TRUE(eventually([&] { return slow == 10; }));
}

TEST(WorkerPoolTest, TakesNoMoreThanItHasRoomFor) {
    WorkerPool pool(1, 4);
    pool.start();
    std::promise<void> go;
    const auto gone = go.get_future().share();
    std::atomic<bool> begun = false;
    ASSERT_TRUE(pool.submit(
        [&, gone] {
            begun = true;
            gone.wait();
        },
        Pace::quick));
    ASSERT_TRUE(eventually([&] { return begun.load(); }));
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(pool.submit([] {}, Pace::quick));
    EXPECT_FALSE(pool.submit([] {}, Pace::quick));
    EXPECT_TRUE(pool.submit([] {}, Pace::slow));  // it has room of its own
    EXPECT_TRUE(pool.submit([] {}, Pace::slow));
    EXPECT_FALSE(pool.submit([] {}, Pace::slow));
    EXPECT_EQ(pool.waiting(), 6U);
    go.set_value();
    pool.stop();
    EXPECT_FALSE(pool.submit([] {}, Pace::quick));
}

TEST(EventStreamsTest, GivesWhatComesAndAHeartbeatBetween) {
    EventStreams streams(2, {5ms, 40ms, 60s});
    streams.start();
    std::mutex mutex;
    std::string got;
    std::atomic<int> asked = 0;
    const auto give = [&](std::optional<std::string> text) {
        const std::lock_guard lock(mutex);
        got += text.value_or("END");
    };
    const auto follow = [&]() -> std::optional<std::string> {
        const int turn = ++asked;
        if (turn == 1) return "first;";
        return turn < 40 ? std::optional<std::string>("") : std::nullopt;
    };
    const auto watcher = streams.add(follow, give);
    ASSERT_TRUE(watcher);
    ASSERT_TRUE(eventually([&] {
        const std::lock_guard lock(mutex);
        return got.ends_with("END");
    }));
    EXPECT_TRUE(got.starts_with("first;:\n\n")) << got;
    EXPECT_TRUE(eventually([&] { return streams.open() == 0; }));
}

TEST(EventStreamsTest, HasRoomForSoManyAndForgetsWhoLeft) {
    EventStreams streams(2, {5ms, 10s, 60s});
    streams.start();
    const auto quiet = []() { return std::optional<std::string>(""); };
    const auto ignore = [](const std::optional<std::string>&) {};
    auto first = streams.add(quiet, ignore);
    const auto second = streams.add(quiet, ignore);
    ASSERT_TRUE(first && second);
    EXPECT_FALSE(streams.add(quiet, ignore));
    EXPECT_TRUE(streams.full());
    first.reset();
    EXPECT_TRUE(eventually([&] { return streams.open() == 1; }));
    EXPECT_TRUE(streams.add(quiet, ignore));
}

TEST(EventStreamsTest, AStreamThatThrowsTakesNoOtherAlong) {
    EventStreams streams(2, {5ms, 1ms, 60s});
    streams.start();
    std::promise<bool> ended;
    std::atomic<int> heard = 0;
    const auto bad = streams.add([]() -> std::optional<std::string> { throw std::runtime_error("canary"); },
                                 [&](const std::optional<std::string>& text) { ended.set_value(!text); });
    const auto good = streams.add([] { return std::optional<std::string>("x"); },
                                  [&](const std::optional<std::string>&) { ++heard; });
    EXPECT_TRUE(ended.get_future().get());
    const int before = heard;
    EXPECT_TRUE(eventually([&] { return heard > before + 1; }));
}

TEST(EventStreamsTest, EndsAStreamThatLastedLong) {
    EventStreams streams(1, {5ms, 10s, 0s});
    streams.start();
    std::promise<bool> ended;
    const auto watcher = streams.add([]() { return std::optional<std::string>("x"); },
                                     [&](const std::optional<std::string>& text) { ended.set_value(!text); });
    EXPECT_TRUE(ended.get_future().get());
}

}  // namespace
}  // namespace provost::test
