// The services with a key holder behind its socket: what becomes of a phone's visit while it is away.
#include "house_fixture.h"
#include "tests/contract/socket_holder.h"

#include <future>

namespace provost {
namespace {

using namespace std::chrono_literals;

class KeyHolderAway : public testing_house::HouseTest {
 protected:
    HeldKeys hold() override {
        process.emplace(folder / "keys", limits);
        return process->connect();
    }
    void TearDown() override {
        HouseTest::TearDown();
        process.reset();
    }
    DeviceReply visit(int number) {
        PhoneService phones(*house, DoorTraits());
        auto reply = HouseTest::visit(phones, proof(number), file_of(number));
        EXPECT_TRUE(store->apply([](Transaction&) -> Status { return {}; }));
        return reply;
    }
    // Nothing of it left a trace that would count against the phone.
    void expect_untouched(int number) {
        EXPECT_EQ(device(number).state, DeviceState::armed);
        EXPECT_TRUE(store->deliveries(mac_of(number), 10)->empty());
        EXPECT_EQ(secrets(number), 3U);
    }

    OpenLimits limits;
    std::optional<contract::SocketHolder> process;
};

TEST_F(KeyHolderAway, R_A11_R_B8_NothingSecretLeavesAndNothingIsRecordedAsDelivered) {
    add_armed(1);
    const auto stranger = visit(2);
    ASSERT_EQ(stranger.status, 403);
    process.reset();
    for (int i = 0; i < 3; ++i) {
        const auto reply = visit(1);
        EXPECT_EQ(reply.status, 403);
        EXPECT_EQ(reply.body.view(), stranger.body.view()) << "as any other refusal";
    }
    expect_untouched(1);
    EXPECT_FALSE(DeviceService(*house).arm(mac_of(1), {}, "test"));
    process.emplace(folder / "keys", limits);
    EXPECT_EQ(visit(1).status, 200) << "without a restart";
    EXPECT_EQ(device(1).state, DeviceState::delivering);
}

TEST_F(KeyHolderAway, R_B8_AnEpochThatCanNotCloseLosesNothing) {
    add_armed(1);
    process.reset();
    Housekeeper keeper(*house);
    clock.advance(25h);
    EXPECT_EQ(keeper.tick(clock.now(), Housekeeper::Monotonic(1h)).error().code, "P-5030");
    EXPECT_EQ(keeper.close_epoch(clock.now()).error().code, "P-5030");
    EXPECT_EQ(secrets(1), 3U);
    process.emplace(folder / "keys", limits);
    ASSERT_TRUE(keeper.close_epoch(clock.now()));
    EXPECT_EQ(secrets(1), 3U);
    EXPECT_EQ(visit(1).status, 200);
}

class KeyHolderBraked : public KeyHolderAway {
 protected:
    KeyHolderBraked() { limits.all = limits.tenant = {0.5, 2}; }
};

TEST_F(KeyHolderBraked, R_B8_MoreThanTheLimitWaitAndAreServedLater) {
    for (int i = 1; i <= 3; ++i) add_armed(i);
    EXPECT_EQ(visit(1).status, 200);
    EXPECT_EQ(visit(2).status, 200);
    EXPECT_EQ(visit(3).status, 403);
    expect_untouched(3);
    std::this_thread::sleep_for(2200ms);
    EXPECT_EQ(visit(3).status, 200);
}

}  // namespace
}  // namespace provost
