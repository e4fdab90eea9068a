// The guard over the real store: visits of phones, bans that grow, outlive a restart and are shared.
#include "house_fixture.h"

#include <future>

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::HouseTest;

class GuardTest : public HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        watch();
        phones = std::make_unique<PhoneService>(*house, DoorTraits{});
    }
    void TearDown() override {
        settle();
        phones.reset();
        HouseTest::TearDown();
    }
    void watch(GuardSettings settings = {}) {
        settings.allow = default_allow();
        house->guard = std::make_shared<GuardPost>(*store, settings);
        ASSERT_TRUE(house->guard->open(clock.now()));
    }
    void settle() {
        (void)store->apply([](Transaction&) { return Status(); });
    }

    static std::shared_ptr<const Evidence> proof(int number) {
        auto evidence = std::make_shared<Evidence>();
        evidence->vendor = "yealink";
        evidence->mac = mac_of(number);
        evidence->prefix_allowed = true;
        evidence->key.emplace().fill(static_cast<std::uint8_t>(number));
        return evidence;
    }
    static std::shared_ptr<const Evidence> nothing() {
        auto evidence = std::make_shared<Evidence>();
        evidence->fault = Rule::no_certificate;
        return evidence;
    }
    int visit(const std::shared_ptr<const Evidence>& evidence, const std::string& source, int number) {
        return answer(evidence, source, number).status;
    }
    DeviceReply answer(const std::shared_ptr<const Evidence>& evidence, const std::string& source,
                       int number) {
        std::promise<DeviceReply> promise;
        DeviceRequest request;
        request.method = Method::get;
        request.target = "/" + mac_of(number).lower() + ".cfg";
        request.source = source;
        phones->handle(evidence, std::move(request),
                       [&](DeviceReply reply) { promise.set_value(std::move(reply)); });
        return promise.get_future().get();
    }
    Gate::Stop connects(const std::string& source) {
        auto& gate = house->guard->gate();
        return gate.connects(gate.meet(IpAddress::parse(source).value()), clock.now());
    }
    // Tries until the door would no longer let it in.
    int sweep(const std::string& source, int most = 60) {
        int tries = 0;
        for (; tries < most && !connects(source); ++tries) {
            visit(nothing(), source, 5000 + 7 * tries);
            clock.advance(1s);
        }
        return tries;
    }
    std::optional<Ban> ban_of(const std::string& source) {
        settle();
        const auto bans = store->bans().value();
        for (const auto& one : bans)
            if (one.network.address == IpAddress::parse(source)) return one;
        return std::nullopt;
    }

    std::unique_ptr<PhoneService> phones;
};

TEST_F(GuardTest, R_C5_BansGrowAreKeptAndAreShared) {
    const Duration lengths[] = {10min, 1h, 24h, 168h, 168h};
    int level = 1;
    for (const auto length : lengths) {
        EXPECT_LT(sweep("192.0.2.7"), 50) << level;
        EXPECT_EQ(connects("192.0.2.7"), Limit::banned);
        const auto ban = ban_of("192.0.2.7");
        ASSERT_TRUE(ban);
        EXPECT_EQ(ban->level, level++);
        EXPECT_EQ(*ban->until - ban->made, length);
        EXPECT_EQ(ban->rule, "mac-sequence");
        // Another node on the same store, or this one after a restart.
        GuardPost other(*store, GuardSettings{});
        ASSERT_TRUE(other.open(clock.now()));
        const auto source = other.gate().meet(IpAddress::parse("192.0.2.7").value());
        EXPECT_EQ(other.gate().connects(source, clock.now()), Limit::banned);
        clock.set(*ban->until);
        EXPECT_NE(connects("192.0.2.7"), Limit::banned);
    }
    // It kept quiet for a month.
    clock.advance(31 * 24h);
    ASSERT_TRUE(house->guard->tick(clock.now()));
    EXPECT_TRUE(store->bans().value().empty());
    sweep("192.0.2.7");
    EXPECT_EQ(ban_of("192.0.2.7")->level, 1);
}

TEST_F(GuardTest, R_C5_WhatAnotherNodeBannedComesInWithinTenSeconds) {
    ASSERT_TRUE(house->guard->tick(clock.now()));
    GuardPost other(*store, GuardSettings{});
    ASSERT_TRUE(other.add({"198.51.100.0/24", "1h", "scanners"}, clock.now(), "test"));
    EXPECT_EQ(connects("198.51.100.9"), std::nullopt);
    clock.advance(10s);
    ASSERT_TRUE(house->guard->tick(clock.now()));
    EXPECT_EQ(connects("198.51.100.9"), Limit::banned);
}

TEST_F(GuardTest, R_C5_FiveHundredPhonesBehindOneAddressWithFiveBrokenOnesAreServedAndNotBanned) {
    for (int i = 1; i <= 500; ++i) add_armed(i);
    int served = 0;
    for (int i = 1; i <= 500; ++i) {
        const bool broken = i % 100 == 0;
        EXPECT_EQ(connects("203.0.113.7"), std::nullopt);
        const int status = visit(broken ? nothing() : proof(i), "203.0.113.7", i);
        served += status == 200 ? 1 : 0;
        for (int k = 0; broken && k < 20; ++k) visit(nothing(), "203.0.113.7", i);
    }
    EXPECT_EQ(served, 495);
    settle();
    EXPECT_TRUE(store->bans().value().empty());
    EventFilter findings;
    findings.kind = "guard.finding";
    EXPECT_TRUE(store->events(findings, 0, 10).value().empty());
    // After a restart the address is still a known one, and a ban by hand stops only those who prove nothing.
    watch();
    ASSERT_TRUE(house->guard->add({"203.0.113.0/24", "", "test"}, clock.now(), "test"));
    EXPECT_EQ(connects("203.0.113.7"), std::nullopt);
    EXPECT_EQ(connects("203.0.113.8"), Limit::banned);
}

TEST_F(GuardTest, R_C5_FindingsAreEventsWithEvidence) {
    sweep("192.0.2.7");
    settle();
    std::this_thread::sleep_for(300ms);
    EventFilter findings;
    findings.kind = "guard.finding";
    const auto events = store->events(findings, 0, 10).value();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].rule, "mac-sequence");
    EXPECT_EQ(events[0].source, "192.0.2.7/32");
    EXPECT_NE(events[0].detail.find("MACs within"), std::string::npos);
    EXPECT_EQ(events[0].actor, "guard");
}

TEST_F(GuardTest, R_C5_AGenuinePhoneThatIsNobodysMakesItsAddressNoKnownOne) {
    visit(proof(77), "192.0.2.7", 77);
    auto& gate = house->guard->gate();
    EXPECT_FALSE(gate.knows(gate.meet(IpAddress::parse("192.0.2.7").value()), clock.now()));
    EXPECT_LT(sweep("192.0.2.7"), 50);
    EXPECT_TRUE(ban_of("192.0.2.7"));
}

// The allow-list of the known can't be poisoned by who is refused, also not by way of a restart.
TEST_F(GuardTest, R_C5_WhereAPhoneIsRefusedNobodyIsKnownAlsoAfterARestart) {
    add_armed(1);
    EXPECT_EQ(visit(proof(1), "203.0.113.7", 1), 200);
    clock.advance(1h);
    auto forged = std::make_shared<Evidence>(*proof(1));
    forged->key.emplace().fill(99);
    EXPECT_EQ(visit(forged, "192.0.2.7", 1), 403) << "another key than the pinned one";
    settle();
    watch();
    auto& gate = house->guard->gate();
    EXPECT_TRUE(gate.knows(gate.meet(IpAddress::parse("203.0.113.7").value()), clock.now()));
    EXPECT_FALSE(gate.knows(gate.meet(IpAddress::parse("192.0.2.7").value()), clock.now()));
}

TEST_F(GuardTest, R_C4_ATenantThatSpentItsRequestsIsRefusedLikeEverybodyAndOthersAreServed) {
    add_armed(1);
    GuardSettings settings;
    settings.limits[static_cast<std::size_t>(Limit::tenant_requests)].budget = {0.1, 2};
    watch(settings);
    for (int i = 0; i < 50; ++i) visit(nothing(), "192.0.2.7", 1);  // draw nothing from it
    EXPECT_EQ(visit(proof(1), "203.0.113.7", 1), 200);
    EXPECT_EQ(visit(proof(1), "203.0.113.7", 1), 200);
    const auto refused = answer(proof(1), "203.0.113.7", 1);
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.body.view(), answer(nothing(), "192.0.2.9", 1).body.view());
    settle();
    std::this_thread::sleep_for(300ms);
    EventFilter overloaded;
    overloaded.rule = "overloaded";
    const auto events = store->events(overloaded, 0, 10).value();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_NE(events[0].detail.find("tenant-requests"), std::string::npos);
    clock.advance(11s);
    EXPECT_EQ(visit(proof(1), "203.0.113.7", 1), 200);
}

TEST_F(GuardTest, R_C5_TheAllowListIsNotBanned) {
    EXPECT_EQ(sweep("127.0.0.9", 200), 200);
    EXPECT_FALSE(ban_of("127.0.0.9"));
    const auto refused = house->guard->add({"127.0.0.0/16", "", "test"}, clock.now(), "test");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "P-2071");
}

}  // namespace
}  // namespace provost
