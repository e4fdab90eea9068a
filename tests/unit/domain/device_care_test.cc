#include "domain/device_care.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

class Mute : public testing::Test {
 protected:
    Mute() {
        device.state = DeviceState::armed;
        device.generation = 3;
        care.mute = DeviceMute{"ticket", "jo", now, {}, device.state, device.generation};
    }
    void become(DeviceState state, std::int64_t generation) {
        device.state = state;
        device.generation = generation;
    }
    Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();
    Device device;
    DeviceCare care;
};

TEST_F(Mute, R_F3_EndsWithTheNextChangeOfState) {
    EXPECT_TRUE(is_muted(care, device, now + std::chrono::hours(10'000)));
    become(DeviceState::delivering, 3);
    EXPECT_FALSE(is_muted(care, device, now));
}

TEST_F(Mute, R_F3_DoesNotComeBackWhenTheStateDoes) {
    become(DeviceState::armed, 4);
    EXPECT_FALSE(is_muted(care, device, now)) << "armed anew";
}

TEST_F(Mute, R_F3_EndsInItsTimeWhereItHasOne) {
    care.mute->until = now + std::chrono::hours(1);
    become(DeviceState::provisioned, 4);
    EXPECT_TRUE(is_muted(care, device, now));
    EXPECT_FALSE(is_muted(care, device, now + std::chrono::hours(1)));
}

TEST_F(Mute, R_F3_EndsForGoodWhenTheWindowPasses) {
    EXPECT_TRUE(ends_mute(DeviceState::expired));
    for (const auto better : {DeviceState::armed, DeviceState::delivering, DeviceState::grace,
                              DeviceState::provisioned, DeviceState::retired})
        EXPECT_FALSE(ends_mute(better));
}

TEST_F(Mute, IsNotThereBeforeSomebodyAsks) {
    care.mute.reset();
    EXPECT_FALSE(is_muted(care, device, now));
}

}  // namespace
}  // namespace provost
