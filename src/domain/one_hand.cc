#include "domain/one_hand.h"

#include <set>

namespace provost {

bool of_one_hand(std::span<const HandedOver> deeds, PersonId one, PersonId other, Timestamp now) {
    std::set<PersonId> hand{one};
    for (auto before = hand.size() - 1; before != hand.size();) {
        before = hand.size();
        for (const auto& deed : deeds) {
            if (now - deed.at >= one_hand_for) continue;
            if (hand.contains(deed.by)) hand.insert(deed.whom);
            if (hand.contains(deed.whom)) hand.insert(deed.by);
        }
    }
    return hand.contains(other);
}

}  // namespace provost
