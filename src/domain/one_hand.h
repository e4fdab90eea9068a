// Whether two people may be one and the same hand (docs/decisions/0017-two-persons.md): pure. Whoever makes,
// promotes or resets a person holds its first login, or chose what it may, and could act as both.
#pragma once

#include "base/clock.h"
#include "domain/person.h"

#include <span>

namespace provost {

// `by` made `whom`, gave it other rights, or reset it.
struct HandedOver {
    PersonId by = 0, whom = 0;
    Timestamp at{};
    bool operator==(const HandedOver&) const = default;
};

// So long both count as one. Long enough for the other to notice, in mail or in the audit trail.
inline constexpr auto one_hand_for = std::chrono::hours(24 * 7);

// Over others too: the two whom one person made lately are of its hand, and whom those made.
bool of_one_hand(std::span<const HandedOver> deeds, PersonId one, PersonId other, Timestamp now);

}  // namespace provost
