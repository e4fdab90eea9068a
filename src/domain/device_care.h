// What people leave with a phone beside its configuration: a note, and that its warnings are muted. Pure.
#pragma once

#include "domain/device.h"

#include <optional>
#include <string>

namespace provost {

struct DeviceNote {
    std::string text, by;
    Timestamp at{};
    bool operator==(const DeviceNote&) const = default;
};

// Of what was known when somebody asked for it. Where it has no end of its own it lasts until the device's
// next change of state.
struct DeviceMute {
    std::string reason, by;
    Timestamp at{};
    std::optional<Timestamp> until;
    DeviceState state = DeviceState::registered;  // as the device was then
    std::int64_t generation = 0;                  // the same: a state may come again, this does not
    bool operator==(const DeviceMute&) const = default;
};

struct DeviceCare {
    MacAddress device;
    std::int64_t version = 0;  // rises with every change: the ETag; 0: nobody ever left anything
    std::optional<DeviceNote> note;
    std::optional<DeviceMute> mute;  // the last one, which may be over
    bool operator==(const DeviceCare&) const = default;
};

bool is_muted(const DeviceCare& care, const Device& device, Timestamp now);
// What turns for the worse is told, whatever was muted before: a window that passed.
bool ends_mute(DeviceState became);

}  // namespace provost
