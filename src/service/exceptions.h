// Exceptions from the hardening profile: named, owned, dated (R-D1).
#pragma once

#include "service/house.h"
#include "service/operations.h"

namespace provost {

class ExceptionService {
 public:
    explicit ExceptionService(House& house) : house_(house) {}

    // `tenant` may be left out where a device is named.
    struct Draft {
        std::string rule, tenant, site, vendor, model, device;
        std::string owner, reason;
        std::string until;  // "90d" from now, or a time as RFC 3339; empty: no end
    };
    // P-2040 ... P-2042, P-2010, P-2013, P-2020, P-2021, P-2024, P-2027.
    Result<HardeningException> add(const Draft& draft, const std::string& actor);
    Status remove(std::int64_t id, const std::string& actor);  // P-6005

 private:
    Status place(const Draft& draft, HardeningException& exception) const;

    House& house_;
};

// "web-ui-off for site Leeds, owner Jo: commissioning", for events.
std::string describe(const HardeningException& exception);

// Refuses what was just typed where it relaxes a rule that `lifted` does not lift: P-2043, which names the
// rule and the command that lifts it. `place` is that command's option, such as "--device 001565aabbcc".
Status refuse_relaxations(const HardeningProfile& profile, const LiftedRules& lifted,
                          const RawSettings& typed, const std::string& place);

}  // namespace provost
