// What a tenant allows. Inherited down the tree; the platform's own defaults stand at the root.
#pragma once

#include "base/clock.h"
#include "domain/access.h"
#include "domain/network.h"

namespace provost {

struct Policy {
    int minimum_rating = 5;                             // R-A6
    Duration window = std::chrono::hours(24 * 14);      // an armed phone must come within it (R-B3)
    Duration grace = std::chrono::hours(1);             // after a complete delivery; 0: purged at once
    Duration repeat_window = std::chrono::minutes(10);  // a broken transfer may repeat within it ...
    Duration rotate_every{};                            // credentials are asked to change so often; 0: never
    int repeat_limit = 3;                               // ... so many times, to the same pinned key only
    Duration clone_window = std::chrono::minutes(10);   // one key from two addresses within it: alarm
    AccessMethods access;        // besides certificates nothing, unless a tenant allows it (R-A7)
    Networks fallback_networks;  // where devices without a certificate may come from; empty: nowhere
};

}  // namespace provost
