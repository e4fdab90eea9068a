// The part of the store that keeps what people leave with a device (domain/device_care.h). It goes with the
// device: whoever has the MAC later finds nothing.
#pragma once

#include "base/result.h"
#include "domain/device_care.h"

#include <optional>
#include <vector>

namespace provost {

// Reads, as those of Store.
class DeviceCares {
 public:
    virtual ~DeviceCares() = default;
    virtual Result<std::optional<DeviceCare>> of(MacAddress device) = 0;
    // Those with a mute that has no end or one to come, by MAC, after one.
    virtual Result<std::vector<DeviceCare>> with_mute(Timestamp now, MacAddress after, std::size_t limit) = 0;
};

// Inside a transaction.
class DeviceCareChanges {
 public:
    virtual ~DeviceCareChanges() = default;
    virtual Result<std::optional<DeviceCare>> of(MacAddress device) = 0;
    virtual Status put(const DeviceCare& care) = 0;  // in place of what there is; P-6005: no such device
};

}  // namespace provost
