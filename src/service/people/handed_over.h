// Who made, promoted or reset whom lately: a note of the store. What was done on the host is not in it:
// whoever sits there needs no second person.
#pragma once

#include "domain/one_hand.h"
#include "service/store.h"

#include <vector>

namespace provost {

// In the transaction that does it. Older ones go.
Status note_handed_over(Transaction& transaction, const HandedOver& deed);
Result<std::vector<HandedOver>> handed_over(Store& store);  // P-6014: it does not read back

}  // namespace provost
