#include "api/refusal_notes.h"

#include "service/tenants.h"

#include <chrono>

namespace provost {

namespace {

constexpr auto quiet_for = std::chrono::seconds(10);
constexpr std::size_t most_actors = 1000;

}  // namespace

void RefusalNotes::note(Store& store, const Actor& who, std::string_view what, Timestamp now) {
    auto event = change_event("api.refused", who.name, now);
    event.source = who.source;
    event.detail = what;
    {
        const std::lock_guard lock(mutex_);
        if (noted_.size() >= most_actors && !noted_.contains(who.name)) noted_.clear();
        auto& noted = noted_[who.name];
        if (noted.at != Timestamp() && now - noted.at < quiet_for) {
            ++noted.unsaid;
            return;
        }
        if (noted.unsaid != 0) event.detail += "; " + std::to_string(noted.unsaid) + " more before";
        noted = {now, 0};
    }
    store.record(std::move(event));
}

}  // namespace provost
