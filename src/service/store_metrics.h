// What the store's writer counts of its own work.
#pragma once

#include "base/metric.h"

#include <array>
#include <atomic>

namespace provost {

inline constexpr std::array batch_bounds{1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0};

struct StoreMetrics {
    Histogram commit_duration{duration_bounds};  // seconds, with its sync
    Histogram commit_changes{batch_bounds};      // changes that were committed together
    Counter commit_failures, events_written, events_dropped;
    Counter secrets_purged;             // blanked, and that is committed
    std::atomic<bool> writable = true;  // the last commit went well
};

}  // namespace provost
