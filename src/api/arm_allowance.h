// How many devices one person may give fresh secrets within an hour, alone: as many as one call may reach
// without a second person (docs/decisions/0017-two-persons.md). In memory: a restart forgets what was
// counted.
#pragma once

#include "base/clock.h"
#include "domain/hourly_tally.h"
#include "domain/two_persons.h"

#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace provost {

class ArmAllowance {
 public:
    void set_rules(const ApprovalRules& rules) { rules_ = rules; }
    // Whether so many more are within it; counts them. A person through a token is the same person.
    bool take(const Actor& who, std::int64_t devices, Timestamp now);

 private:
    ApprovalRules rules_;
    std::mutex mutex_;
    std::map<std::pair<std::int64_t, std::string>, HourlyTally> tallies_;  // by person; without one by name
};

}  // namespace provost
