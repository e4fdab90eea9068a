// Gathers what a verdict is given from. Bounded: a few pages of the store, however large it is.
#pragma once

#include "service/house.h"
#include "service/verdict.h"

namespace provost {

// `device` outlives the facts; null: no device has this MAC.
Result<VerdictFacts> verdict_facts(const House& house, MacAddress mac, const Device* device);

}  // namespace provost
