// New credentials for phones that have some (R-B2): one, all of a tenant, on suspicion, on schedule.
#pragma once

#include "service/house.h"
#include "service/operations.h"

#include <string>

namespace provost {

struct RotationDraft {
    bool at_once = false;    // the old ones are void now, not when the new ones have been delivered
    bool suspected = false;  // somebody may have them: at once, and recorded as such
    std::string reason;      // for the audit trail; may be empty
};

// Arms it within its life cycle. P-2027, P-3001, P-3003.
Result<Device> rotate_device(House& house, MacAddress mac, const RotationDraft& draft,
                             const std::string& actor);

struct RotationTally {
    std::size_t asked = 0;
    std::size_t failed = 0;  // such as those that no door lets in
    std::string trouble;     // of the first that failed
};
// Every device of a tenant that has its credentials, in its grace too; those of tenants below it not. P-2010.
Result<RotationTally> rotate_tenant(House& house, const std::string& slug, const std::string& actor);

// By the tenants' policy `rotate_every`: some of those whose time has come. Called now and then.
Status rotate_by_schedule(House& house, Timestamp now);

}  // namespace provost
