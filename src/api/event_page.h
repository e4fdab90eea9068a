// Events as every reader gets them: who asks, and who is told by a webhook.
#pragma once

#include "service/policy_snapshot.h"
#include "service/records.h"

#include <string>
#include <vector>

namespace provost {

// The body of GET /v1/events: `items`, and as `next` the number of the last.
std::string event_page(const std::vector<Event>& events, const PolicySnapshot& policies);

}  // namespace provost
