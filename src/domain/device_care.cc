#include "domain/device_care.h"

namespace provost {

bool is_muted(const DeviceCare& care, const Device& device, Timestamp now) {
    const auto& mute = care.mute;
    if (!mute) return false;
    if (mute->until) return now < *mute->until;
    return device.state == mute->state && device.generation == mute->generation;
}

bool ends_mute(DeviceState became) {
    return became == DeviceState::expired;
}

}  // namespace provost
