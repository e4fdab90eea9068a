// Whether a call waits for a second person, and how it is kept until one has looked at it
// (docs/decisions/0017-two-persons.md).
#pragma once

#include "api/permission.h"
#include "api/route.h"

#include <optional>
#include <vector>

namespace provost {

struct Reached {
    std::vector<TenantId> path;  // to the tenant that it is about, as Target; empty: the whole server
    std::int64_t devices = 0;    // 0: not counted, as it is about no devices
};

// What it reaches, where a second person must agree; nullopt where none need. P-8413: one person has given as
// many devices fresh secrets within the hour as one alone may.
Result<std::optional<Reached>> ask_second_person(ApiContext& context, const Route& route, const ApiCall& call,
                                                 const Permission& permission);

// Kept until another person has looked at it: 202.
Result<ApiReply> hold(ApiContext& context, const Route& route, const ApiCall& call,
                      const Permission& permission, const Reached& reached);

}  // namespace provost
