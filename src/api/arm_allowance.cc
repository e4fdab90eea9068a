#include "api/arm_allowance.h"

namespace provost {

bool ArmAllowance::take(const Actor& who, std::int64_t devices, Timestamp now) {
    if (second_person(rules_, who, Action::tenant_rotate, true) == SecondPerson::not_needed) return true;
    const std::lock_guard lock(mutex_);
    std::erase_if(tallies_, [&](auto& one) { return one.second.is_empty(now); });
    auto& tally = tallies_[{who.person, who.person == 0 ? who.name : std::string()}];
    return tally.take(devices, rules_.devices, now);
}

}  // namespace provost
