// Thousands of phones at once in one thread: whichever connection is ready is advanced.
#pragma once

#include "sim/phone.h"

#include <functional>
#include <memory>
#include <vector>

namespace provost::sim {

struct FleetOrder {
    std::size_t phones = 0;
    std::size_t concurrency = 200;                                    // phones at work at a time
    std::function<Result<std::unique_ptr<Phone>>(std::size_t)> make;  // called when a phone's turn comes
    Progress progress;                                                // may be empty
};

// The outcomes in the order of the phones. Stops at the first phone that can't be made; P-9009 if the system
// gives no more.
Result<std::vector<PhoneOutcome>> run_fleet(const FleetOrder& order);

}  // namespace provost::sim
