// What happens by itself: windows, epochs, and the brake.
#include "house_fixture.h"
#include "service/device_care.h"

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::HouseTest;

class HousekeeperTest : public HouseTest {
 protected:
    // Lets `by` pass on both clocks, or on the wall clock alone: a jump.
    Status pass(Duration by, bool jump = false) {
        clock.advance(by);
        if (!jump) monotonic += by;
        return keeper->tick(clock.now(), monotonic);
    }
    void begin() {
        keeper = std::make_unique<Housekeeper>(*house);
        ASSERT_TRUE(keeper->tick(clock.now(), monotonic));
    }

    std::unique_ptr<Housekeeper> keeper;
    Housekeeper::Monotonic monotonic{};
};

TEST_F(HousekeeperTest, R_B3_WindowsPassByThemselves) {
    add_armed(1);
    begin();
    EXPECT_EQ(secrets(1), 3U);
    ASSERT_TRUE(pass(13 * 24h));
    EXPECT_EQ(device(1).state, DeviceState::armed);
    ASSERT_TRUE(pass(24h + 1s));
    EXPECT_EQ(device(1).state, DeviceState::expired);
    EXPECT_EQ(secrets(1), 0U);
    const auto outbox = store->outbox(true, {}).value();
    ASSERT_FALSE(outbox.empty());
    EXPECT_TRUE(outbox.back().withdraw) << "the registrar learns that the credential is void";
}

TEST_F(HousekeeperTest, R_F3_AWindowThatPassesIsTheEndOfAMuteAndNotOfANote) {
    add_armed(1);
    begin();
    const CareDraft draft{"behind a second router", "30d", "ticket 4711"};
    ASSERT_TRUE(change_care(*store, draft, {mac_of(1), {}, "jo", clock.now()}));
    ASSERT_TRUE(pass(13 * 24h));
    EXPECT_TRUE(is_muted_now(*store, mac_of(1), clock.now()));
    ASSERT_TRUE(pass(24h + 1s));
    ASSERT_EQ(device(1).state, DeviceState::expired);
    const auto care = show_care(*store, mac_of(1), clock.now()).value();
    EXPECT_FALSE(care.mute);
    ASSERT_TRUE(care.note);
    EXPECT_EQ(care.note->text, "behind a second router");
    ASSERT_TRUE(DeviceService(*house).arm(mac_of(1), {}, "test"));
    EXPECT_FALSE(is_muted_now(*store, mac_of(1), clock.now())) << "it does not come back";
}

TEST_F(HousekeeperTest, R_B3_AClockThatJumpsPurgesNobodyUntilAPersonSaysSo) {
    for (int i = 1; i <= 20; ++i) add_armed(i);
    begin();
    ASSERT_TRUE(pass(15 * 24h, true));
    EXPECT_TRUE(keeper->braked());
    EXPECT_EQ(device(1).state, DeviceState::armed);
    ASSERT_TRUE(pass(1s));
    EXPECT_EQ(secrets(20), 3U) << "still held";
    keeper->release_brake();
    ASSERT_TRUE(pass(1s));
    EXPECT_EQ(device(1).state, DeviceState::expired);
    EXPECT_EQ(device(20).state, DeviceState::expired);
    ASSERT_TRUE(pass(1s));
    EXPECT_FALSE(keeper->braked());
}

TEST_F(HousekeeperTest, AClockSetBackLeavesEverythingAsItIs) {
    for (int i = 1; i <= 20; ++i) add_armed(i);
    begin();
    ASSERT_TRUE(pass(15 * 24h, true));
    ASSERT_TRUE(keeper->braked());
    clock.advance(-15 * 24h);
    ASSERT_TRUE(keeper->tick(clock.now(), monotonic + 1s));
    EXPECT_FALSE(keeper->braked());
    EXPECT_EQ(device(1).state, DeviceState::armed);
}

TEST_F(HousekeeperTest, AJumpThatConcernsFewIsNoReasonToStop) {
    for (int i = 1; i <= 5; ++i) add_armed(i);
    begin();
    ASSERT_TRUE(pass(15 * 24h, true));
    EXPECT_FALSE(keeper->braked());
    EXPECT_EQ(device(1).state, DeviceState::expired);
}

TEST_F(HousekeeperTest, R_B8_EpochsCloseAndLivingSecretsMove) {
    add_armed(1);
    begin();
    const auto sealed = store->secrets(mac_of(1)).value();
    const auto before = keys->epochs()->current;
    ASSERT_TRUE(pass(24h));
    EXPECT_EQ(keys->epochs()->current, before + 1);
    EXPECT_EQ(keys->epochs()->alive.size(), 1U);
    EXPECT_FALSE(keys->open(sealed[0])) << "an old copy opens no more";
    const auto moved = store->secrets(mac_of(1)).value();
    ASSERT_EQ(moved.size(), 3U);
    for (const auto& one : moved) EXPECT_TRUE(keys->open(one));
}

TEST_F(HousekeeperTest, ASecretThatDoesNotOpenDoesNotKeepAnEpochAlive) {
    add_armed(1);
    add_armed(2);
    begin();
    ASSERT_TRUE(store->apply([&](Transaction& transaction) -> Status {
        auto damaged = transaction.secrets(mac_of(1)).value().front();
        damaged.sealed.wrapped_key[3] ^= 1;
        return transaction.put_secret(damaged);
    }));
    ASSERT_TRUE(keeper->close_epoch(clock.now()));
    EXPECT_EQ(keys->epochs()->alive.size(), 1U);
    EXPECT_EQ(secrets(1), 0U);
    EXPECT_EQ(secrets(2), 3U);
}

TEST(Brake, NeedsMoreThanAFewAndMoreThanATwentieth) {
    EXPECT_FALSE(needs_brake(10, 10));
    EXPECT_TRUE(needs_brake(11, 100));
    EXPECT_FALSE(needs_brake(50, 1000));
    EXPECT_TRUE(needs_brake(51, 1000));
    EXPECT_FALSE(clock_jumped(301s, 2s));
    EXPECT_TRUE(clock_jumped(303s, 2s));
}

}  // namespace
}  // namespace provost
