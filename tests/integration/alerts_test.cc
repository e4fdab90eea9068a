// Alerts over the real store: what is told, what outlives a restart, and what is told where the store fails.
#include "house_fixture.h"
#include "service/alert_keeper.h"
#include "service/device_care.h"

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::HouseTest;

class AlertsTest : public HouseTest {
 protected:
    struct Inbox {
        std::mutex mutex;
        bool open = true;
        std::vector<AlertMessage> got;
        [[nodiscard]] std::vector<AlertMessage> all() {
            const std::lock_guard lock(mutex);
            return got;
        }
    };

    void TearDown() override {
        keeper.reset();
        HouseTest::TearDown();
    }
    static AlertTarget target(const std::string& name, Inbox& inbox, bool heads = false) {
        return {name,
                [&inbox](const AlertMessage& message) -> Status {
                    const std::lock_guard lock(inbox.mutex);
                    if (!inbox.open) return fail({"P-7021", "closed"});
                    inbox.got.push_back(message);
                    return {};
                },
                !heads, heads};
    }
    void begin() {
        keeper.reset();
        std::vector<AlertTarget> targets{target("first", first), target("second", second)};
        targets.push_back(target("heads", heads, true));
        keeper = std::make_unique<AlertKeeper>(
            *store, AlertSettings{{5s, 1h, 10min, AlertWeight::info}, "host"}, std::move(targets));
        ASSERT_TRUE(keeper->open(clock.now()));
    }
    void pass(Duration time) {
        for (Duration gone{}; gone < time; gone += 1s) {
            clock.advance(1s);
            ASSERT_TRUE(keeper->tick(clock.now()));
        }
    }
    void find_clones(int count) {
        for (int i = 0; i < count; ++i) {
            Event event;
            event.at = clock.now();
            event.kind = "guard.finding";
            event.rule = "clone";
            event.device = mac_of(i);
            store->record(std::move(event));
        }
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    }
    void tell_of(const char* kind, MacAddress mac) {
        Event event;
        event.at = clock.now();
        event.kind = kind;
        event.device = mac;
        store->record(std::move(event));
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    }
    bool comes(Inbox& inbox, std::size_t count) {
        for (int i = 0; i < 500 && inbox.all().size() < count; ++i) std::this_thread::sleep_for(10ms);
        return inbox.all().size() == count;
    }

    Inbox first, second, heads;
    std::unique_ptr<AlertKeeper> keeper;
};

TEST_F(AlertsTest, R_C7_AStormOfFindingsIsOneMessageToEachTarget) {
    find_clones(3);
    begin();
    pass(10s);
    EXPECT_TRUE(first.all().empty()) << "what was before the first start is for the review";
    find_clones(2000);
    pass(6s);
    ASSERT_TRUE(comes(first, 1));
    ASSERT_TRUE(comes(second, 1));
    EXPECT_EQ(first.all(), second.all());
    EXPECT_NE(first.all()[0].json.find(R"("count":2000)"), std::string::npos) << first.all()[0].json;
    EXPECT_EQ(first.all()[0].weight, AlertWeight::critical);
    EXPECT_TRUE(heads.all().empty());
}

TEST_F(AlertsTest, R_F3_OfAMutedDeviceOnlyWhatTheGuardFoundIsTold) {
    add_armed(1);
    begin();
    ASSERT_TRUE(change_care(*store, {{}, "7d", ""}, {mac_of(1), {}, "jo", clock.now()}));
    tell_of("device.rotation-failed", mac_of(1));
    pass(6s);
    find_clones(2);
    pass(6s);
    ASSERT_TRUE(comes(first, 1));
    EXPECT_EQ(first.all()[0].weight, AlertWeight::critical);
    ASSERT_TRUE(change_care(*store, {{}, "off", ""}, {mac_of(1), {}, "jo", clock.now()}));
    tell_of("device.rotation-failed", mac_of(1));
    pass(6s);
    ASSERT_TRUE(comes(first, 2));
    EXPECT_NE(first.all()[1].json.find("device.rotation-failed"), std::string::npos);
}

TEST_F(AlertsTest, R_C7_WhatWaitsForATargetOutlivesARestartAndNobodyGetsItTwice) {
    begin();
    second.open = false;
    find_clones(1);
    pass(7s);
    ASSERT_TRUE(comes(first, 1));
    for (int i = 0; i < 500 && keeper->states()[1].failed == 0; ++i) std::this_thread::sleep_for(10ms);
    pass(2s);
    {
        const std::lock_guard lock(second.mutex);
        second.open = true;
    }
    begin();  // the courier's pause goes with it
    ASSERT_TRUE(comes(second, 1));
    pass(3s);
    EXPECT_EQ(second.all()[0].id, first.all()[0].id);
    EXPECT_EQ(second.all()[0], first.all()[0]);
    EXPECT_EQ(first.all().size(), 1U);
    begin();
    pass(10s);
    EXPECT_EQ(first.all().size(), 1U) << "the event is not read again";
    EXPECT_EQ(second.all().size(), 1U);
}

TEST_F(AlertsTest, R_C7_AStoreThatFailsIsToldWithoutIt) {
    begin();
    for (int i = 0; i < 20; ++i) {
        clock.advance(1s);
        keeper->raise("housekeeping.failed", {"P-6010", "the store can't write"}, clock.now());
    }
    ASSERT_TRUE(comes(first, 1));
    EXPECT_NE(first.all()[0].text.find("the store can't write [P-6010]"), std::string::npos)
        << first.all()[0].text;
    keeper->raise("server.ending", {"P-1", "no alert"}, clock.now());
    EXPECT_EQ(first.all().size(), 1U);
}

TEST_F(AlertsTest, R_C7_HeadsGoToTheirTargetsAlone) {
    begin();
    const auto head = sign_head(*audit_keys, store->audit_tail().value(), clock.now()).value();
    ASSERT_TRUE(keeper->ship(head));
    ASSERT_TRUE(comes(heads, 1));
    EXPECT_EQ(parse_head(heads.all()[0].text), head);
    EXPECT_EQ(parse_head("<86>1 2026 host provost 1 audit-head - " + heads.all()[0].text), head);
    EXPECT_TRUE(first.all().empty());
    EXPECT_TRUE(keeper->test(clock.now(), "unix:root"));
    EXPECT_TRUE(comes(first, 1));
    EXPECT_EQ(heads.all().size(), 1U);
}

}  // namespace
}  // namespace provost
