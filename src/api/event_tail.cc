#include "api/event_tail.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t rows_a_look = 1'000;

}  // namespace

Status EventTail::refresh() {
    const auto now = std::chrono::steady_clock::now();
    if (floor_ && now - asked_ < every_) return {};
    asked_ = now;
    if (!floor_) {
        PROVOST_TRY(const auto last, store_.last_events({}, 1));
        newest_ = last.empty() ? 0 : last.front().id;
        floor_ = newest_;
        return {};
    }
    PROVOST_TRY(auto fresh, store_.events({}, newest_, rows_a_look));
    if (fresh.empty()) return {};
    newest_ = fresh.back().id;
    std::move(fresh.begin(), fresh.end(), std::back_inserter(recent_));
    while (recent_.size() > most) {
        floor_ = recent_.front().id;
        recent_.pop_front();
    }
    return {};
}

Result<std::int64_t> EventTail::newest() {
    const std::lock_guard lock(mutex_);
    PROVOST_CHECK(refresh());
    return newest_;
}

Result<std::vector<Event>> EventTail::after(std::int64_t id, std::size_t limit) {
    {
        const std::lock_guard lock(mutex_);
        PROVOST_CHECK(refresh());
        if (id >= *floor_) {
            const auto begin =
                std::find_if(recent_.begin(), recent_.end(), [id](const Event& one) { return one.id > id; });
            const auto count = std::min<std::size_t>(limit, static_cast<std::size_t>(recent_.end() - begin));
            return std::vector<Event>(begin, begin + static_cast<std::ptrdiff_t>(count));
        }
    }
    return store_.events({}, id, limit);  // who was away for long
}

}  // namespace provost
