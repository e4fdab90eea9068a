#include "service/event_parcel.h"

#include "crypto/digest.h"
#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr Duration settling = std::chrono::seconds(2);

}  // namespace

EventParcel pack(std::vector<Event> page, std::int64_t end, std::size_t most,
                 const std::function<bool(const Event&)>& wanted) {
    EventParcel parcel;
    parcel.up_to = end;
    for (auto& event : page) {
        if (!wanted(event)) continue;
        const auto id = event.id;
        parcel.events.push_back(std::move(event));
        if (parcel.events.size() < most) continue;
        parcel.up_to = id;
        parcel.more = id < end;
        break;
    }
    return parcel;
}

std::size_t next_size(std::size_t size, bool taken) {
    return std::clamp<std::size_t>(taken ? size * 2 : size / 2, 1, EventParcel::most);
}

std::int64_t missed_between(std::int64_t position, std::int64_t oldest) {
    return std::max<std::int64_t>(0, oldest - position - 1);
}

std::size_t settled(const std::vector<Event>& page, const PolicySnapshot& policies, Timestamp now) {
    const auto unsettled = std::find_if(page.begin(), page.end(), [&](const Event& event) {
        const bool fresh = event.at <= now && now - event.at < settling;
        return fresh && event.tenant != 0 && policies.tenant(event.tenant) == nullptr;
    });
    return static_cast<std::size_t>(unsettled - page.begin());
}

bool is_within(TenantId tenant, std::string_view slug, const PolicySnapshot& policies) {
    if (slug.empty()) return true;
    const auto* const view = policies.tenant(tenant);
    const auto* const top = policies.tenant(slug);
    return view != nullptr && top != nullptr && view->is_within(top->tenant.id);
}

std::string parcel_id(const std::vector<Event>& events) {
    std::string text;
    for (const auto& event : events)
        text += std::to_string(event.id) + " " + std::to_string(to_millis(event.at)) + "\n";
    return "events_" + to_hex(sha256(text)).substr(0, 32);
}

}  // namespace provost
