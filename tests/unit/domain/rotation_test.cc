// Rotation within the life cycle (R-B2): who is asked to change, and what holds meanwhile.
#include "domain/life_cycle.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;
using enum DeviceState;

const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

Device device_in(DeviceState state, SecretMode mode = SecretMode::purge) {
    Device device;
    device.mac = MacAddress(0x001565000001);
    device.state = state;
    device.secret_mode = mode;
    device.generation = 3;
    if (state == armed) device.armed_until = now;
    if (state == delivering) device.delivering_since = now;
    if (state == grace) device.grace_until = now + 1h;
    return device;
}

RotationRequest asked(bool at_once = false) {
    return {now, RotationCause::asked, at_once};
}

Device rotated(DeviceState state, bool at_once, SecretMode mode = SecretMode::purge) {
    return rotate(device_in(state, mode), Policy(), now, asked(at_once)).value().device;
}

TEST(Rotation, R_B2_ArmsAndKeepsTheOldWhereTheyAreKnownToBeGood) {
    struct Row {
        DeviceState state;
        bool at_once, holds;
    };
    for (const auto& [state, at_once, holds] : std::initializer_list<Row>{{provisioned, false, true},
                                                                          {provisioned, true, false},
                                                                          {grace, false, true},
                                                                          {grace, true, false},
                                                                          {armed, false, false},
                                                                          {delivering, false, false},
                                                                          {expired, false, false}}) {
        const auto next = rotate(device_in(state), Policy(), now, asked(at_once)).value();
        EXPECT_EQ(next.device.state, armed) << to_text(state);
        EXPECT_EQ(next.device.generation, 4) << to_text(state);
        EXPECT_EQ(next.secrets, SecretFate::make_fresh) << to_text(state);
        EXPECT_EQ(next.device.armed_until, now + 14 * 24h) << to_text(state);
        ASSERT_TRUE(next.device.rotation) << to_text(state);
        EXPECT_EQ(next.device.rotation->at_once, !holds) << to_text(state);
    }
    EXPECT_EQ(rotate(device_in(registered), Policy(), now, asked()).error().code, "P-3003");
    EXPECT_EQ(rotate(device_in(retired), Policy(), now, asked()).error().code, "P-3001");
}

TEST(Rotation, R_B2_AskedTwiceTheOldStillHold) {
    const auto again = rotate(rotated(provisioned, false), Policy(), now + 1h, asked()).value().device;
    EXPECT_EQ(again.generation, 5);
    EXPECT_FALSE(again.rotation->at_once);
    EXPECT_TRUE(
        rotate(rotated(provisioned, true), Policy(), now + 1h, asked()).value().device.rotation->at_once)
        << "what is void does not come back";
}

TEST(Rotation, AHeldKeyStaysForAPerson) {
    auto device = device_in(provisioned);
    device.held_key = Sha256{7};
    EXPECT_TRUE(rotate(device, Policy(), now, asked()).value().device.held_key);
}

TEST(Rotation, R_B2_WhoLetsTheWindowPassIsAsBeforeAndStillInTheList) {
    struct Row {
        SecretMode mode;
        bool at_once;
        DeviceState state;
        SecretFate secrets;
    };
    for (const auto& [mode, at_once, state, secrets] :
         std::initializer_list<Row>{{SecretMode::purge, false, provisioned, SecretFate::destroy},
                                    {SecretMode::rotate, false, provisioned, SecretFate::destroy},
                                    {SecretMode::retain, false, provisioned, SecretFate::keep},
                                    {SecretMode::purge, true, expired, SecretFate::destroy},
                                    {SecretMode::rotate, true, expired, SecretFate::destroy}}) {
        const auto next = pass_time(rotated(provisioned, at_once, mode), Policy(), now + 15 * 24h).value();
        EXPECT_EQ(next.device.state, state) << to_text(mode) << at_once;
        EXPECT_EQ(next.secrets, secrets) << to_text(mode) << at_once;
        EXPECT_TRUE(next.device.rotation) << to_text(mode) << at_once;
        EXPECT_FALSE(next.delivered);
    }
}

TEST(Rotation, R_B2_ABrokenTransferLeavesTheOldGood) {
    for (const auto mode : {SecretMode::purge, SecretMode::rotate, SecretMode::retain}) {
        const auto begun = begin_delivery(rotated(provisioned, false, mode), Sha256{1}, now).device;
        const auto next = pass_time(begun, Policy(), now + 10min).value();
        EXPECT_EQ(next.device.state, provisioned) << to_text(mode);
        EXPECT_TRUE(next.device.rotation) << to_text(mode);
    }
    const auto begun = begin_delivery(rotated(provisioned, true), Sha256{1}, now).device;
    EXPECT_EQ(pass_time(begun, Policy(), now + 10min)->device.state, expired);
}

TEST(Rotation, R_B2_ACompleteDeliveryEndsIt) {
    const auto begun = begin_delivery(rotated(provisioned, false), Sha256{1}, now).device;
    const auto next = complete_delivery(begun, Policy(), now + 1min).value();
    EXPECT_FALSE(next.device.rotation);
    EXPECT_TRUE(next.delivered) << "the registrar may have the new ones";
    EXPECT_EQ(next.device.credentials_since, now + 1min);
    Policy none;
    none.grace = 0ms;
    EXPECT_TRUE(complete_delivery(begun, none, now)->delivered);
}

TEST(Rotation, APersonsArmAndARetirementEndItToo) {
    EXPECT_FALSE(arm(rotated(provisioned, false), Policy(), now, false).value().device.rotation);
    EXPECT_FALSE(retire(rotated(provisioned, false)).device.rotation);
    EXPECT_FALSE(change_access(rotated(provisioned, false), Access::digest).device.rotation);
}

TEST(Registration, R_B1_EndsAGraceAndNothingElse) {
    for (const auto state : {registered, armed, delivering, provisioned, expired, retired})
        EXPECT_FALSE(confirm_registered(device_in(state))) << to_text(state);
    const auto next = confirm_registered(device_in(grace)).value();
    EXPECT_EQ(next.device.state, provisioned);
    EXPECT_EQ(next.secrets, SecretFate::destroy);
    EXPECT_FALSE(next.device.grace_until);
    EXPECT_EQ(confirm_registered(device_in(grace, SecretMode::retain))->secrets, SecretFate::keep);
}

TEST(Rotation, CausesHaveNames) {
    for (const auto cause :
         {RotationCause::asked, RotationCause::tenant, RotationCause::schedule, RotationCause::suspicion})
        EXPECT_EQ(parse_rotation_cause(to_text(cause)), cause);
}

}  // namespace
}  // namespace provost
