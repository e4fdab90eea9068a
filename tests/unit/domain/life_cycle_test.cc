#include "domain/life_cycle.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();
const Sha256 key{1};

Device device_in(DeviceState state, SecretMode mode = SecretMode::purge) {
    Device device;
    device.mac = MacAddress(0x001565000001);
    device.state = state;
    device.secret_mode = mode;
    device.generation = 3;
    return device;
}

TEST(LifeCycle, ArmingMakesFreshSecretsAndAWindow) {
    auto device = device_in(DeviceState::expired);
    device.held_key = key;
    device.pinned_key = key;
    const auto next = arm(device, Policy(), now, false).value();
    EXPECT_EQ(next.device.state, DeviceState::armed);
    EXPECT_EQ(next.device.armed_until, now + 14 * 24h);
    EXPECT_EQ(next.device.generation, 4);
    EXPECT_EQ(next.secrets, SecretFate::make_fresh);
    EXPECT_FALSE(next.device.held_key);
    EXPECT_TRUE(next.device.pinned_key);
    EXPECT_FALSE(arm(device, Policy(), now, true).value().device.pinned_key);
}

TEST(LifeCycle, RetiredIsFinal) {
    const auto next = retire(device_in(DeviceState::grace));
    EXPECT_EQ(next.secrets, SecretFate::destroy);
    EXPECT_EQ(arm(next.device, Policy(), now, true).error().code, "P-3001");
}

TEST(LifeCycle, R_B1_CompleteDeliveryLeadsThroughGraceToPurge) {
    auto device = begin_delivery(device_in(DeviceState::armed), key, now).device;
    EXPECT_EQ(device.state, DeviceState::delivering);
    EXPECT_EQ(device.pinned_key, key);
    EXPECT_EQ(device.delivery_attempts, 1);
    device = complete_delivery(device, Policy(), now).value().device;
    EXPECT_EQ(device.state, DeviceState::grace);
    EXPECT_FALSE(complete_delivery(device, Policy(), now)) << "a repeat changes nothing";
    EXPECT_FALSE(pass_time(device, Policy(), now + 59min));
    const auto end = pass_time(device, Policy(), now + 60min).value();
    EXPECT_EQ(end.device.state, DeviceState::provisioned);
    EXPECT_EQ(end.secrets, SecretFate::destroy);
}

TEST(LifeCycle, GraceZeroPurgesAtOnce) {
    Policy policy;
    policy.grace = 0ms;
    const auto next =
        complete_delivery(begin_delivery(device_in(DeviceState::armed), key, now).device, policy, now)
            .value();
    EXPECT_EQ(next.device.state, DeviceState::provisioned);
    EXPECT_EQ(next.secrets, SecretFate::destroy);
}

TEST(LifeCycle, R_B3_WindowPassesAndDestroys) {
    auto device = device_in(DeviceState::armed);
    device.armed_until = now;
    EXPECT_FALSE(pass_time(device, Policy(), now - 1ms));
    const auto next = pass_time(device, Policy(), now).value();
    EXPECT_EQ(next.device.state, DeviceState::expired);
    EXPECT_EQ(next.secrets, SecretFate::destroy);
}

TEST(LifeCycle, BrokenTransferNeedsAPersonUnlessThePasswordRotates) {
    auto device = begin_delivery(device_in(DeviceState::armed), key, now).device;
    EXPECT_EQ(pass_time(device, Policy(), now + 10min)->device.state, DeviceState::expired);
    device.secret_mode = SecretMode::rotate;
    EXPECT_EQ(pass_time(device, Policy(), now + 10min)->device.state, DeviceState::provisioned);
    EXPECT_EQ(pass_time(device, Policy(), now + 10min)->secrets, SecretFate::destroy);
    device.secret_mode = SecretMode::retain;
    EXPECT_EQ(pass_time(device, Policy(), now + 10min)->secrets, SecretFate::keep);
}

TEST(LifeCycle, R_B2_RotationMakesANewGeneration) {
    const auto next = begin_delivery(device_in(DeviceState::provisioned, SecretMode::rotate), key, now);
    EXPECT_EQ(next.secrets, SecretFate::make_fresh);
    EXPECT_EQ(next.device.generation, 4);
    const auto repeat = begin_delivery(next.device, key, now + 1min);
    EXPECT_EQ(repeat.secrets, SecretFate::keep);
    EXPECT_EQ(repeat.device.generation, 4);
    EXPECT_EQ(repeat.device.delivering_since, now) << "repeats do not lengthen the repeat window";
}

// Whatever happens in whatever order: generations never fall, resting states carry no times, and what is due
// at a time is what pass_time changes then.
TEST(LifeCycle, InvariantsHoldOverRandomHistories) {
    EXPECT_TRUE(rc::check([] {
        auto device = device_in(DeviceState::registered, static_cast<SecretMode>(*rc::gen::inRange(0, 3)));
        auto time = now;
        Policy policy;
        policy.grace = Duration(*rc::gen::inRange(0, 3) * 60'000);
        for (int i = 0; i < 30; ++i) {
            time += Duration(*rc::gen::inRange(0, 900'000));
            const auto before = device.generation;
            const auto due = next_due(device, policy);
            switch (*rc::gen::inRange(0, 4)) {
                case 0:
                    if (const auto next = arm(device, policy, time, false)) device = next->device;
                    break;
                case 1:
                    if (device.state == DeviceState::armed || device.state == DeviceState::delivering ||
                        device.state == DeviceState::grace)
                        device = begin_delivery(device, key, time).device;
                    break;
                case 2:
                    if (const auto next = complete_delivery(device, policy, time)) device = next->device;
                    break;
                default: {
                    const auto next = pass_time(device, policy, time);
                    RC_ASSERT(next.has_value() == (due && time >= *due));
                    if (next) device = next->device;
                }
            }
            RC_ASSERT(device.generation >= before);
            RC_ASSERT((device.state == DeviceState::armed) == device.armed_until.has_value());
            RC_ASSERT((device.state == DeviceState::grace) == device.grace_until.has_value());
            RC_ASSERT((device.state == DeviceState::delivering) == device.delivering_since.has_value());
        }
    }));
}

}  // namespace
}  // namespace provost
