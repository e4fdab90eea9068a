// The newest events in memory, read once for all who watch them.
#pragma once

#include "service/store.h"

#include <chrono>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace provost {

class EventTail {
 public:
    // Asks the store no more often than each `every`.
    explicit EventTail(Store& store, std::chrono::milliseconds every = std::chrono::milliseconds(100))
        : store_(store), every_(every) {}

    // The id of the newest event; 0: there is none yet.
    Result<std::int64_t> newest();
    // What follows `id`, at most `limit`, oldest first.
    Result<std::vector<Event>> after(std::int64_t id, std::size_t limit);

 private:
    static constexpr std::size_t most = 2'048;
    Status refresh();

    Store& store_;
    const std::chrono::milliseconds every_;
    std::mutex mutex_;
    std::deque<Event> recent_;           // all that came after `floor_`
    std::optional<std::int64_t> floor_;  // set by the first look
    std::int64_t newest_ = 0;
    std::chrono::steady_clock::time_point asked_{};
};

}  // namespace provost
