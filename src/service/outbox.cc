#include "service/outbox.h"

#include <algorithm>

namespace provost {

namespace {

Status queue(Transaction& transaction, const RegistrarDirectory& registrars, const OutboxEntry& entry,
             Timestamp now) {
    const auto names = registrars.serving(entry.tenant, entry.realm);
    return names.empty() ? Status() : transaction.registrar_queue().queue(entry, names, now);
}

OutboxEntry withdrawal_of(const OutboxEntry& living, const Device& device, Timestamp now) {
    OutboxEntry entry;
    entry.at = now;
    entry.tenant = living.tenant;
    entry.device = living.device;
    entry.generation = device.generation;
    entry.line = living.line;
    entry.user = living.user;
    entry.realm = living.realm;
    entry.withdraw = true;
    return entry;
}

}  // namespace

Status post_entry(Transaction& transaction, const RegistrarDirectory& registrars, OutboxEntry entry,
                  bool at_once) {
    auto& changes = transaction.registrar_queue();
    PROVOST_TRY(const auto before, changes.account(account_of(entry)));
    const bool lives = before && !before->withdraw;
    if (entry.withdraw && lives && before->device != entry.device) return {};
    entry.state = state_of({entry.withdraw, lives, at_once});
    const auto now = entry.at;
    PROVOST_TRY(entry.id, transaction.put_outbox(entry));
    const bool only_held = overtaken(OutboxState::due, entry.withdraw) != OutboxState::voided;
    PROVOST_CHECK(changes.make_void_before(entry, only_held));
    return entry.state == OutboxState::due ? queue(transaction, registrars, entry, now) : Status();
}

Status release_held(Transaction& transaction, const RegistrarDirectory& registrars, const Device& device,
                    Timestamp now) {
    auto& changes = transaction.registrar_queue();
    PROVOST_TRY(const auto held, changes.held(device.mac));
    for (auto entry : held) {
        const auto state = after_delivery(entry.state, entry.generation, device.generation);
        if (state == OutboxState::voided) PROVOST_CHECK(changes.make_void(entry));
        if (state != OutboxState::due) continue;
        PROVOST_TRY(entry.id, changes.release(entry));
        PROVOST_CHECK(queue(transaction, registrars, entry, now));
    }
    PROVOST_TRY(const auto living, changes.living(device.mac));
    for (const auto& entry : living)
        if (entry.generation < device.generation)
            PROVOST_CHECK(post_entry(transaction, registrars, withdrawal_of(entry, device, now), true));
    return {};
}

Status drop_held(Transaction& transaction, MacAddress device) {
    auto& changes = transaction.registrar_queue();
    PROVOST_TRY(const auto held, changes.held(device));
    for (const auto& entry : held) PROVOST_CHECK(changes.make_void(entry));
    return {};
}

Status withdraw_living(Transaction& transaction, const RegistrarDirectory& registrars, const Device& device,
                       Timestamp now) {
    PROVOST_TRY(const auto living, transaction.registrar_queue().living(device.mac));
    for (const auto& entry : living)
        PROVOST_CHECK(post_entry(transaction, registrars, withdrawal_of(entry, device, now), true));
    return drop_held(transaction, device.mac);
}

}  // namespace provost
