// Which devices a call is about that is about many: named one by one in its body, or by the filters that
// GET /v1/devices takes, or all that its caller sees.
#pragma once

#include "api/route.h"
#include "service/fleet_reads.h"

#include <memory>
#include <vector>

namespace provost {

inline constexpr std::size_t most_chosen = 20'000;

struct DeviceChoice {
    std::vector<MacAddress> macs;  // each once; of those named also some that are not there, or out of sight
    std::vector<MacAddress> in_sight;  // of its caller: the only ones that another may arm in its name
    std::vector<TenantId> path;  // to the tenant that all of these lie in, or below; empty: there is none
};
// Made once for a call, and kept in its context. P-8003 a MAC that is none, P-8004 a filter, P-8415 nothing
// is chosen, too much, or in two ways.
Result<std::shared_ptr<const DeviceChoice>> choose_devices(ApiContext& context, const ApiCall& call);

// By the filters of the query, in sight; its search looks no further than a thousand devices.
Result<FleetFilter> read_fleet_filter(const ApiContext& context, const ApiCall& call);
Result<FleetQuestion> read_fleet_question(const ApiContext& context, const ApiCall& call);

}  // namespace provost
