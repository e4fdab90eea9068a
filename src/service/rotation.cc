#include "service/rotation.h"

#include "domain/life_cycle.h"
#include "service/devices.h"
#include "service/tenants.h"

namespace provost {

namespace {

constexpr std::size_t batch_size = 50, most_by_schedule = 500;

std::string detail_of(const RotationRequest& request) {
    return std::string(to_text(request.cause)) +
           (request.at_once ? ", the old credentials are void" : ", the old ones hold until it has the new");
}

// Within the caller's transaction; the device as it became.
Result<Device> rotate_one(Transaction& transaction, House& house, MacAddress mac, RotationRequest request,
                          const std::string& actor) {
    PROVOST_TRY(auto device, transaction.device(mac));
    if (!device) return fail(no_device(mac));
    PROVOST_CHECK(make_new_credentials(transaction, house, *device, [&](const Policy& policy) {
        return rotate(*device, policy, request.asked, request);
    }));
    ++device->version;
    PROVOST_CHECK(transaction.update_device(*device));
    auto event = device_event("device.rotated", *device, actor, request.asked);
    event.detail = detail_of(*device->rotation);
    PROVOST_CHECK(transaction.insert_event(event));
    return std::move(*device);
}

// One that can't is passed over, with what the transaction did for it undone.
void rotate_each(House& house, const std::vector<MacAddress>& macs, const RotationRequest& request,
                 const std::string& actor, RotationTally& tally) {
    for (const auto mac : macs) {
        const auto done = house.store.apply([&](Transaction& transaction) -> Status {
            return rotate_one(transaction, house, mac, request, actor).map([](const Device&) {});
        });
        if (done) {
            ++tally.asked;
        } else {
            if (tally.failed++ == 0) tally.trouble = mac.lower() + ": " + done.error().text();
        }
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
        PROVOST_TRY(after, rotate_one(transaction, house, mac, request, actor));
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
    filter.state = DeviceState::provisioned;
    Page page{"", batch_size};
    for (;;) {
        PROVOST_TRY(const auto devices, house.store.devices(filter, page));
        std::vector<MacAddress> macs;
        for (const auto& device : devices) macs.push_back(device.mac);
        rotate_each(house, macs, request, actor, tally);
        if (devices.size() < batch_size) return tally;
        page.after = devices.back().mac.lower();
    }
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
        RotationTally tally;
        rotate_each(house, macs, request, "clock", tally);
    }
    return {};
}

}  // namespace provost
