// A staged resync while phones keep silent, over several sites, and after a restart (R-F3).
#include "tests/integration/resync_fixture.h"

#include <algorithm>

namespace provost::testing_house {
namespace {

using namespace std::chrono_literals;
using std::chrono::floor;
using std::chrono::minutes;

class StagedResyncTest : public ResyncTest {
 protected:
    void put_at(const std::string& site, const std::string& zone, std::initializer_list<int> phones) {
        ASSERT_TRUE(TenantService(*house).put_site("acme", site, {{"time.zone", zone}}, "test"));
        Devices::Draft draft;
        draft.site = site;
        for (const int number : phones) {
            add_armed(number);
            ASSERT_TRUE(DeviceService(*house).change(mac_of(number), draft, std::nullopt, "test"));
        }
    }
    // By UTC.
    [[nodiscard]] std::string window(Duration from, Duration until) const {
        const auto text = [&](Duration after) {
            return to_rfc3339(floor<minutes>(clock.now() + after)).substr(11, 5);
        };
        return text(from) + "-" + text(until);
    }
    static ResyncKeeper::Draft draft(const char* rate, const char* jitter, std::string hours) {
        ResyncKeeper::Draft draft;
        draft.tenant = "acme";
        draft.rate = rate;
        draft.jitter = jitter;
        draft.window = std::move(hours);
        return draft;
    }
    // Long enough for what would be told wrongly.
    void nobody_but(std::size_t told) {
        std::this_thread::sleep_for(500ms);
        EXPECT_EQ(sender.count(), told);
    }
    [[nodiscard]] bool told(int number) {
        const std::lock_guard guard(sender.mutex);
        return std::ranges::any_of(sender.orders, [&](const NotifyOrder& order) {
            return order.account.user == "u" + std::to_string(number);
        });
    }
};

TEST_F(StagedResyncTest, R_F3_behind_silent_phones_the_rate_holds) {
    for (int i = 1; i <= 6; ++i) add_armed(i);
    sender.silent = true;
    ResyncPace pace;
    pace.workers = 2;
    const auto jobs = keeper({"sip:proxy.example", ""}, pace);
    const auto job = jobs->start(draft("1/s", "0s", ""), "op");
    ASSERT_TRUE(job) << job.error().text();
    ASSERT_TRUE(soon([&] { return sender.count() == 1; }));
    clock.advance(1s);
    ASSERT_TRUE(soon([&] { return sender.count() == 2; }));
    clock.advance(60s);
    nobody_but(2);
    sender.give_up_one();
    sender.give_up_one();
    ASSERT_TRUE(soon([&] { return sender.count() == 3; }));
    nobody_but(3);
    clock.advance(1s);
    ASSERT_TRUE(soon([&] { return sender.count() == 4; }));
    for (int i = 0; i < 4; ++i) sender.give_up_one();
    EXPECT_TRUE(soon([&] {
        clock.advance(1s);
        return jobs->job(job->id)->state == ResyncJob::State::done;
    }));
}

TEST_F(StagedResyncTest, R_F3_one_that_was_due_waits_for_its_next_window_once_this_one_has_shut) {
    for (int i = 1; i <= 2; ++i) add_armed(i);
    sender.silent = true;
    ResyncPace pace;
    pace.workers = 1;
    const auto jobs = keeper({"sip:proxy.example", ""}, pace);
    ASSERT_TRUE(jobs->start(draft("10/s", "0s", window(0s, 10min)), "op"));
    ASSERT_TRUE(soon([&] { return sender.count() == 1; }));
    clock.advance(11min);
    sender.give_up_one();
    nobody_but(1);
    clock.advance(24h - 12min);
    nobody_but(1);
    clock.advance(1min);
    EXPECT_TRUE(soon([&] { return sender.count() == 2; }));
    sender.give_up_one();
}

TEST_F(StagedResyncTest, R_F3_each_site_by_the_clock_on_its_own_wall) {
    put_at("london", "Europe/London", {1, 2, 3});  // in November as UTC
    put_at("tokyo", "Asia/Tokyo", {4, 5});         // nine hours ahead
    const auto jobs = keeper();
    ASSERT_TRUE(jobs->start(draft("10/s", "60s", window(-1h, 1h)), "op"));
    const auto london_is_told = [&] { return told(1) && told(2) && told(3); };
    std::this_thread::sleep_for(300ms);
    EXPECT_FALSE(london_is_told()) << "jitter spreads them";
    ASSERT_TRUE(soon([&] {
        clock.advance(1s);
        return london_is_told();
    }));
    clock.advance(1min);
    nobody_but(3);
    clock.set(from_rfc3339("2026-11-24T01:59:00Z").value());
    nobody_but(3);
    clock.set(from_rfc3339("2026-11-24T02:01:01Z").value());
    EXPECT_TRUE(soon([&] {
        clock.advance(100ms);
        return told(4) && told(5);
    }));
    EXPECT_EQ(sender.count(), 5U);
}

TEST_F(StagedResyncTest, R_F3_one_that_cannot_go_on_after_a_restart_ends_and_says_why) {
    put_at("london", "Europe/London", {1});
    auto jobs = keeper();
    const auto id = jobs->start(draft("1/s", "0s", window(2h, 3h)), "op")->id;
    jobs.reset();
    unknown_zone = "Europe/London";
    jobs = keeper();
    EXPECT_EQ(jobs->job(id)->state, ResyncJob::State::cancelled);
    EXPECT_EQ(jobs->cancel(id, "op").error().code, "P-8310");
    EventFilter filter;
    filter.kind = "resync.cancelled";
    const auto ended = store->last_events(filter, 10).value();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_EQ(ended[0].actor, "clock");
    EXPECT_NE(ended[0].detail.find("P-8306"), std::string::npos) << ended[0].detail;
    unknown_zone.clear();
    jobs.reset();
    EXPECT_EQ(keeper()->job(id)->state, ResyncJob::State::cancelled);
}

}  // namespace
}  // namespace provost::testing_house
