#include "service/registration.h"

#include "domain/life_cycle.h"
#include "service/credentials.h"
#include "service/devices.h"

namespace provost {

namespace {

using std::chrono::floor;
using std::chrono::seconds;

// A second that a registrar tells may have begun before the moment: only a later one says something.
bool is_after(const SeenRegistration& seen, Timestamp moment) {
    return seen.registrar.empty() ? seen.renewed >= moment
                                  : floor<seconds>(seen.renewed) > floor<seconds>(moment);
}

// When the registrar had what the phone registers with now; nullopt: it has not.
Result<std::optional<Timestamp>> told(House& house, const SeenRegistration& seen, const OutboxEntry& entry) {
    if (seen.registrar.empty()) return entry.sent;
    return house.store.registrar_queue().told(seen.registrar, entry.id);
}

Status end_grace(House& house, Transaction& transaction, const ProvenLogin& login, const std::string& actor,
                 bool& ended) {
    PROVOST_TRY(const auto device, transaction.device(login.device));
    if (!device || device->generation != login.generation) return {};
    const auto next = confirm_registered(*device);
    if (!next) return {};
    const auto now = house.clock.now();
    PROVOST_CHECK(carry_out(transaction, house, *next, now));
    auto event = device_event("device.registered", next->device, actor, now);
    event.detail = login.line;
    ended = true;
    return transaction.insert_event(event).map([](std::int64_t) {});
}

}  // namespace

Result<bool> confirm_registration(House& house, const SeenRegistration& seen, const std::string& actor) {
    PROVOST_TRY(const auto entry, house.store.registrar_queue().account(seen.account));
    if (!entry || entry->withdraw) return false;
    PROVOST_TRY(const auto device, house.store.device(entry->device));
    if (!device || device->state != DeviceState::grace || device->generation != entry->generation)
        return false;
    PROVOST_TRY(const auto since, told(house, seen, *entry));
    if (!since || !is_after(seen, *since) || !device->credentials_since ||
        !is_after(seen, *device->credentials_since))
        return false;
    bool ended = false;
    PROVOST_CHECK(house.store.apply([&](Transaction& transaction) {
        ended = false;
        return end_grace(house, transaction, {entry->device, entry->generation, entry->line}, actor, ended);
    }));
    return ended;
}

void confirm_login(House& house, ProvenLogin login, std::string actor) {
    const auto device = house.store.device(login.device);
    if (!device || !*device || (*device)->state != DeviceState::grace) return;
    house.store.submit_later(
        [&house, login = std::move(login), actor = std::move(actor)](Transaction& transaction) {
            bool ended = false;
            return end_grace(house, transaction, login, actor, ended);
        });
}

}  // namespace provost
