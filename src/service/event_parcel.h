// What of the store's events goes to a receiver at once, and how much: pure.
#pragma once

#include "service/policy_snapshot.h"
#include "service/records.h"

#include <functional>
#include <string>
#include <vector>

namespace provost {

struct EventParcel {
    static constexpr std::size_t most = 100;  // events; below 1 MiB of JSON, whatever strangers sent

    std::vector<Event> events;  // in the order in which they came
    std::int64_t up_to = 0;     // every event up to this number was looked at
    bool more = false;          // there may be others behind it already
};

// The first `most` of a page that are wanted. `end`: up to where the page tells all there is.
EventParcel pack(std::vector<Event> page, std::int64_t end, std::size_t most,
                 const std::function<bool(const Event&)>& wanted);

// Half as many after a failure: the receiver may be too slow for more, or choke on one of them.
std::size_t next_size(std::size_t size, bool taken);

// How many events that follow `position` are gone, where `oldest` is the first of those that are left.
std::int64_t missed_between(std::int64_t position, std::int64_t oldest);

// How many of the page can be told now: an event of a tenant that was made a moment ago waits until the
// picture of the tenants has it. A tenant that is still unknown after that is gone.
std::size_t settled(const std::vector<Event>& page, const PolicySnapshot& policies, Timestamp now);

// Whether the tenant is the one of that short name, or below it. Any is within the empty one.
bool is_within(TenantId tenant, std::string_view slug, const PolicySnapshot& policies);

// The same at each try, and another for any other events, of a server too that began again from a backup.
std::string parcel_id(const std::vector<Event>& events);

}  // namespace provost
