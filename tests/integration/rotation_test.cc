// New credentials for many phones: all of a tenant, and by schedule (R-B2).
#include "service/rotation.h"

#include "tests/integration/registrar_fixture.h"

namespace provost {
namespace {

using namespace testing_house;

class RotationTest : public RegistrarTest {
 protected:
    void rotate_each_90_days() {
        Tenants::Draft draft;
        draft.policy = {{"rotate_every", "90d"}};
        ASSERT_TRUE(TenantService(*house).change("acme", draft, std::nullopt, "test"));
    }
    void provision(int number) {
        add_armed(number);
        fetch(number);
        clock.advance(2h);
        tick();
        ASSERT_EQ(device(number).state, DeviceState::provisioned);
    }
    void set_user(int number, const std::string& user) {
        Devices::Draft draft;
        draft.settings = {{"line.1.user", user}};
        ASSERT_TRUE(DeviceService(*house).change(mac_of(number), draft, std::nullopt, "test"));
    }
};

TEST_F(RotationTest, R_B2_ByScheduleThoseWhoseTimeHasCome) {
    rotate_each_90_days();
    provision(1);
    clock.advance(80 * 24h);
    tick();
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
    clock.advance(10 * 24h);
    tick();
    EXPECT_EQ(device(1).state, DeviceState::armed);
    EXPECT_EQ(device(1).rotation->cause, RotationCause::schedule);
    EXPECT_EQ(rotate_tenant(*house, "acme", "test")->asked, 0u);
    fetch(1);
    clock.advance(2h);
    tick();
    EXPECT_EQ(rotate_tenant(*house, "acme", "test")->asked, 1u);
    EXPECT_EQ(device(1).rotation->cause, RotationCause::tenant);
}

TEST_F(RotationTest, R_B2_ATenantRotatesPhonesInTheirGraceToo) {
    provision(1);
    add_armed(2);
    const auto first = fetch(2);
    ASSERT_EQ(device(2).state, DeviceState::grace);
    add_armed(3);
    EXPECT_EQ(rotate_tenant(*house, "acme", "test")->asked, 2u);
    for (const int number : {1, 2}) {
        EXPECT_EQ(device(number).state, DeviceState::armed) << number;
        EXPECT_EQ(device(number).rotation->cause, RotationCause::tenant) << number;
    }
    EXPECT_FALSE(device(3).rotation) << "it has none yet";
    step();
    EXPECT_EQ(digest(2), ha1_of(2, first)) << "the old password holds until the phone has the new one";
    const auto second = fetch(2);
    step();
    EXPECT_EQ(digest(2), ha1_of(2, second));
}

TEST_F(RotationTest, R_B2_OneThatCantBeRotatedIsToldOnceAndKeepsNobodyBack) {
    rotate_each_90_days();
    provision(1);
    provision(2);
    set_user(1, "");
    clock.advance(91 * 24h);
    for (int round = 0; round < 3; ++round) {
        tick();
        clock.advance(11min);
    }
    EXPECT_EQ(device(1).state, DeviceState::provisioned);
    EXPECT_EQ(device(2).state, DeviceState::armed);
    ASSERT_EQ(count("device.rotation-failed"), 1u);
    EventFilter filter;
    filter.kind = "device.rotation-failed";
    const auto told = store->last_events(filter, 1).value().at(0);
    EXPECT_EQ(told.device, mac_of(1));
    EXPECT_NE(told.detail.find("P-2029"), std::string::npos) << told.detail;
    set_user(1, "u1");
    tick();
    EXPECT_EQ(device(1).state, DeviceState::armed);
}

TEST_F(RotationTest, R_B2_OfMoreThanARoundTakesAllGetTheirTurn) {
    std::set<MacAddress> seen;
    for (const int number : {1, 2, 3}) provision(number);
    for (int round = 0; round < 100; ++round) {
        const auto some = store->stale_credentials(device(1).tenant, clock.now(), 1).value();
        seen.insert(some.begin(), some.end());
    }
    EXPECT_EQ(seen.size(), 3u);
}

}  // namespace
}  // namespace provost
