// One phone beside another of its model that works: what is different between the two (JOURNEYS B).
#pragma once

#include "service/house.h"
#include "service/operations.h"
#include "service/sight.h"

#include <optional>
#include <string>
#include <vector>

namespace provost {

// What the last visits of a phone were like.
struct VisitsSeen {
    std::size_t looked_at = 0, refused = 0;
    std::optional<Timestamp> served;  // the last time that it was
    std::string last_rule;            // empty: no visit is on record
    std::string tls;                  // of its last visit: "TLSv1.3 TLS_AES_256_GCM_SHA384"
};

struct ComparedDevice {
    Devices::Explanation explained;
    VisitsSeen visits;
};

// A parameter that the two files do not have alike. An empty layer: the file has none of this name.
struct ComparedValue {
    struct Side {
        std::string value, layer, layer_name;  // a secret's value is masked
    };
    std::string parameter, setting;
    Side one, other;
    bool own = false;  // each phone has its own: both were set at the device
};

struct DeviceComparison {
    ComparedDevice one, other;
    bool chosen = false;                     // nobody named the other: it is the one that was served last
    std::vector<ComparedValue> differences;  // those that are not each phone's own come first
    std::size_t same = 0;
};

// `other`: nullopt has the one taken that was served last among those of its model, in its own tenant first,
// then in those that `sight` has. P-2027: no such device, or none in sight; P-2055: no other of its model was
// served; P-2056: a phone beside itself.
Result<DeviceComparison> compare_devices(House& house, const Sight& sight, MacAddress one,
                                         std::optional<MacAddress> other);

// Pure. Secrets are alike where both files have one: nobody here knows their bytes.
void compare_parameters(const std::vector<Devices::ExplainedParameter>& one,
                        const std::vector<Devices::ExplainedParameter>& other, DeviceComparison& comparison);

}  // namespace provost
