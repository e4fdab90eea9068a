#include "service/rotation.h"

#include "domain/life_cycle.h"
#include "domain/text.h"
#include "service/devices.h"
#include "service/tenants.h"

namespace provost {

namespace {

constexpr std::size_t rotated_at_once = 50, most_by_schedule = 500, longest_detail = 300;

std::string detail_of(const RotationRequest& request) {
    return std::string(to_text(request.cause)) +
           (request.at_once ? ", the old credentials are void" : ", the old ones hold until it has the new");
}

struct Asker {
    std::string actor;
    std::string reason = {};  // why, in its words; may be empty
};

// Within the caller's transaction; the device as it became.
Result<Device> rotate_one(Transaction& transaction, House& house, MacAddress mac, RotationRequest request,
                          const Asker& asker) {
    PROVOST_TRY(auto device, transaction.device(mac));
    if (!device) return fail(no_device(mac));
    PROVOST_CHECK(make_new_credentials(transaction, house, *device, [&](const Policy& policy) {
        return rotate(*device, policy, request.asked, request);
    }));
    ++device->version;
    PROVOST_CHECK(transaction.update_device(*device));
    auto event = device_event("device.rotated", *device, asker.actor, request.asked);
    event.detail = detail_of(*device->rotation) + (asker.reason.empty() ? "" : ": " + asker.reason);
    PROVOST_CHECK(transaction.insert_event(event));
    return std::move(*device);
}

// One that can't is passed over, with what the transaction did for it undone.
Status try_one(House& house, MacAddress mac, const RotationRequest& request, const std::string& actor) {
    return house.store.apply([&](Transaction& transaction) -> Status {
        return rotate_one(transaction, house, mac, request, {actor}).map([](const Device&) {});
    });
}

void rotate_each(House& house, const std::vector<Device>& devices, const RotationRequest& request,
                 RotationTally& tally, const std::string& actor) {
    for (const auto& device : devices) {
        const auto done = try_one(house, device.mac, request, actor);
        if (done)
            ++tally.asked;
        else if (tally.failed++ == 0)
            tally.trouble = device.mac.lower() + ": " + done.error().text();
    }
}

// Once: again when something else is the matter, or when it was rotated since and can't be now.
Status tell_stuck(House& house, MacAddress mac, const Error& why, Timestamp now) {
    PROVOST_TRY(const auto device, house.store.device(mac));
    if (!device) return {};
    auto event = device_event("device.rotation-failed", *device, "clock", now);
    event.detail = printable(why.text(), longest_detail);
    EventFilter filter;
    filter.device = mac;
    filter.kind = event.kind;
    PROVOST_TRY(const auto told, house.store.last_events(filter, 1));
    if (!told.empty() && told[0].detail == event.detail && told[0].at >= device->credentials_since) return {};
    return house.store.apply(
        [&](Transaction& transaction) { return transaction.insert_event(event).map([](std::int64_t) {}); });
}

// Those in one state, by MAC.
Status rotate_all_in(House& house, DeviceFilter filter, const RotationRequest& request, RotationTally& tally,
                     const std::string& actor) {
    for (Page page{"", rotated_at_once};;) {
        PROVOST_TRY(const auto devices, house.store.devices(filter, page));
        rotate_each(house, devices, request, tally, actor);
        if (devices.size() < rotated_at_once) return {};
        page.after = devices.back().mac.lower();
    }
}

}  // namespace

Result<Device> rotate_device(House& house, MacAddress mac, const RotationDraft& draft,
                             const std::string& actor) {
    const RotationRequest request{house.clock.now(),
                                  draft.suspected ? RotationCause::suspicion : RotationCause::asked,
                                  draft.at_once || draft.suspected};
    Device after;
    PROVOST_CHECK(house.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(after, rotate_one(transaction, house, mac, request, {actor, draft.reason}));
        return {};
    }));
    return after;
}

Result<RotationTally> rotate_tenant(House& house, const std::string& slug, const std::string& actor) {
    const auto policies = house.policies.current();
    PROVOST_TRY(const auto* const view, find_tenant(*policies, slug));
    const RotationRequest request{house.clock.now(), RotationCause::tenant, false};
    RotationTally tally;
    DeviceFilter filter;
    filter.tenant = view->tenant.id;
    // In the order in which a phone comes to them, so that none slips through between.
    for (const auto state : {DeviceState::grace, DeviceState::provisioned}) {
        filter.state = state;
        PROVOST_CHECK(rotate_all_in(house, filter, request, tally, actor));
    }
    return tally;
}

// A phone that lets its window pass stays as it was, and in the list of those that did not rotate: it is not
// asked again by itself.
Status rotate_by_schedule(House& house, Timestamp now) {
    const auto policies = house.policies.current();
    const RotationRequest request{now, RotationCause::schedule, false};
    for (const auto& tenant : policies->tenants()) {
        const auto* const view = policies->tenant(tenant.id);
        if (view == nullptr || view->policy.rotate_every.count() == 0) continue;
        PROVOST_TRY(const auto macs, house.store.stale_credentials(tenant.id, now - view->policy.rotate_every,
                                                                   most_by_schedule));
        for (const auto mac : macs)
            if (const auto done = try_one(house, mac, request, "clock"); !done)
                PROVOST_CHECK(tell_stuck(house, mac, done.error(), now));
    }
    return {};
}

}  // namespace provost
