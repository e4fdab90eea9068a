#include "domain/two_persons.h"

namespace provost {

SecondPerson second_person(const ApprovalRules& rules, const Actor& who, Action action, bool of_tenant) {
    const bool at_the_host = who.person == 0 && who.source == "unix";
    if (at_the_host || !traits_of(action).two_persons) return SecondPerson::not_needed;
    if (action == Action::trust_change) return rules.trust ? SecondPerson::needed : SecondPerson::not_needed;
    return of_tenant && rules.devices != 0 ? SecondPerson::by_size : SecondPerson::not_needed;
}

}  // namespace provost
