#include "service/housekeeper.h"

#include "domain/life_cycle.h"
#include "service/credentials.h"
#include "service/device_care.h"
#include "service/devices.h"
#include "service/diagnostics.h"
#include "service/exceptions.h"
#include "service/rotation.h"
#include "service/undo_import.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t due_at_once = 500;
constexpr auto jump = std::chrono::minutes(5);
constexpr auto longest_sleep =
    std::chrono::hours(24);  // between two runs of the server, without asking a person
constexpr auto rotation_period = std::chrono::minutes(10);
constexpr auto history_period = std::chrono::minutes(5);
constexpr auto epoch_length = std::chrono::hours(24);
constexpr const char* last_tick = "clock.last";

}  // namespace

bool clock_jumped(Duration wall, Duration monotonic) {
    return wall - monotonic > jump;
}

bool needs_brake(std::int64_t due, std::int64_t devices) {
    return due > 10 && due * 20 > devices;
}

Status Housekeeper::tick(Timestamp now, Monotonic monotonic) {
    PROVOST_CHECK(watch_clock(now, monotonic));
    tell_ended_exceptions(now);
    const auto windows = end_due_windows(house_, now);  // told at the end: it keeps nothing else back
    PROVOST_CHECK(expire_due(now));
    PROVOST_CHECK(rotate_due(now));
    note_history(now);
    PROVOST_CHECK(drop_late_imports(house_, now));
    PROVOST_TRY(const auto epochs, house_.keys.epochs());
    if (now - epochs.started >= epoch_length) {
        PROVOST_CHECK(close_epoch(now));
    } else {
        PROVOST_CHECK(end_old_epochs(now));  // a crash or a failing disk may have left one behind
    }
    return windows;
}

Status Housekeeper::watch_clock(Timestamp now, Monotonic monotonic) {
    Duration wall{}, steady{};
    if (last_wall_) {
        wall = now - *last_wall_;
        steady = std::chrono::duration_cast<Duration>(monotonic - last_monotonic_);
    } else {
        PROVOST_TRY(const auto note, house_.store.note(last_tick));
        ended_told_ = from_rfc3339(note);
        if (ended_told_) wall = now - *ended_told_ - longest_sleep;
    }
    if (clock_jumped(wall, steady)) jumped_ = true;
    const bool write = !last_wall_ || now - *last_wall_ > std::chrono::minutes(1) || now < *last_wall_;
    if (write)
        PROVOST_CHECK(house_.store.apply(
            [&](Transaction& transaction) { return transaction.put_note(last_tick, to_rfc3339(now)); }));
    if (write || clock_jumped(wall, steady)) {
        last_wall_ = now;
        last_monotonic_ = monotonic;
    }
    return {};
}

// Nothing has to be done: from its end on an exception lifts nothing. After a stop the last minute is told
// again.
void Housekeeper::tell_ended_exceptions(Timestamp now) {
    const auto policies = house_.policies.current();
    for (const auto& one : policies->exceptions()) {
        if (!one.until || *one.until > now || *one.until <= ended_told_.value_or(now)) continue;
        Event event;
        event.at = now;
        event.kind = "exception.ended";
        event.tenant = one.tenant;
        event.device = one.device;
        event.detail = describe(one);
        event.actor = "clock";
        house_.store.record(std::move(event));
    }
    ended_told_ = now;
}

Status Housekeeper::expire_due(Timestamp now) {
    PROVOST_TRY(auto due, house_.store.due(now, due_at_once));
    if (due.empty()) {
        jumped_ = braked_ = released_ = false;
        return {};
    }
    if (jumped_ && !released_) {
        PROVOST_TRY(const auto count, house_.store.due_count(now));
        PROVOST_TRY(const auto counts, house_.store.counts());
        if (needs_brake(count, counts.devices)) {
            if (!braked_.exchange(true))
                announce("expiry.braked",
                         "the clock jumped and would purge " + std::to_string(count) + " of " +
                             std::to_string(counts.devices) + " devices",
                         now);
            return {};
        }
    }
    std::size_t changed = 0;
    PROVOST_CHECK(expire_some(now, due, changed));
    while (changed != 0 && due.size() == due_at_once) {
        PROVOST_TRY(due, house_.store.due(now, due_at_once));
        changed = 0;
        PROVOST_CHECK(expire_some(now, due, changed));
    }
    return {};
}

Status Housekeeper::rotate_due(Timestamp now) {
    if (rotated_ && now >= *rotated_ && now - *rotated_ < rotation_period) return {};
    rotated_ = now;
    return rotate_by_schedule(house_, now);
}

// Nobody waits for figures.
void Housekeeper::note_history(Timestamp now) {
    if (history_ && now >= *history_ && now - *history_ < history_period) return;
    history_ = now;
    house_.store.submit_later([now](Transaction& transaction) { return transaction.note_fleet(now); });
}

Status Housekeeper::expire_some(Timestamp now, const std::vector<MacAddress>& due, std::size_t& changed) {
    return house_.store.apply([&](Transaction& transaction) -> Status {
        changed = 0;
        for (const auto mac : due) PROVOST_CHECK(expire_one(transaction, mac, now, changed));
        return {};
    });
}

Status Housekeeper::expire_one(Transaction& transaction, MacAddress mac, Timestamp now,
                               std::size_t& changed) {
    PROVOST_TRY(const auto device, transaction.device(mac));
    if (!device) return {};
    const auto policies = house_.policies.current();
    const auto* const tenant = policies->tenant(device->tenant);
    const auto next = pass_time(*device, tenant == nullptr ? Policy() : tenant->policy, now);
    if (!next) return {};
    PROVOST_CHECK(carry_out(transaction, house_, *next, now));
    PROVOST_CHECK(end_mute(transaction, next->device));
    const auto event =
        device_event("device." + std::string(to_text(next->device.state)), next->device, "clock", now);
    ++changed;
    return transaction.insert_event(event).map([](std::int64_t) {});
}

Status Housekeeper::close_epoch(Timestamp now) {
    PROVOST_CHECK(end_old_epochs(now));
    PROVOST_TRY([[maybe_unused]] const auto begun, house_.keys.begin_epoch(now));
    return end_old_epochs(now);
}

Status Housekeeper::end_old_epochs(Timestamp now) {
    PROVOST_TRY(const auto epochs, house_.keys.epochs());
    bool ended = false;
    for (const auto epoch : epochs.alive) {
        if (epoch == epochs.current) continue;
        PROVOST_CHECK(rewrap_epoch(epoch));
        PROVOST_CHECK(house_.keys.destroy_epoch(epoch));
        ended = true;
    }
    if (!ended) return {};
    announce("epoch.closed", "epoch " + std::to_string(epochs.current) + " began", now);
    return house_.store.checkpoint();
}

Status Housekeeper::rewrap_epoch(std::int64_t epoch) {
    for (bool more = true; more;)
        PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
            PROVOST_TRY(const auto living, transaction.secrets_of_epoch(epoch, due_at_once));
            std::set<MacAddress> lost;
            for (const auto& one : living)
                if (!lost.contains(one.binding.device)) PROVOST_CHECK(rewrap_one(transaction, one, lost));
            more = living.size() == due_at_once;
            return {};
        }));
    return {};
}

// A secret that no longer opens is lost already; it must not keep an old epoch key alive for ever. One that
// could not be asked for is not lost.
Status Housekeeper::rewrap_one(Transaction& transaction, const StoredSecret& one,
                               std::set<MacAddress>& lost) {
    auto sealed = house_.keys.rewrap(one.binding, one.sealed);
    if (sealed) return transaction.put_secret({one.binding, std::move(*sealed)});
    if (sealed.error().code != does_not_open) return fail(std::move(sealed).error());
    Event event;
    event.at = house_.clock.now();
    event.kind = "secret.lost";
    event.device = one.binding.device;
    event.tenant = one.binding.tenant;
    event.detail =
        one.binding.purpose + " does not open; all secrets of the device are destroyed, arm it again";
    event.actor = "clock";
    PROVOST_CHECK(transaction.destroy_secrets(one.binding.device));
    PROVOST_CHECK(transaction.destroy_secret(one.binding.device, std::string(window_purpose)));
    PROVOST_CHECK(transaction.drop_all_credentials(one.binding.device));
    lost.insert(one.binding.device);
    return transaction.insert_event(event).map([](std::int64_t) {});
}

// An act of the server itself: in the audit trail too.
void Housekeeper::announce(std::string kind, std::string detail, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = std::move(kind);
    event.detail = std::move(detail);
    event.actor = "clock";
    house_.store.submit_later([event = std::move(event)](Transaction& transaction) {
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
