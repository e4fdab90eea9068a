// The second half of an import: rows that were checked are written, with what it takes to undo them.
#include "service/device_access.h"
#include "service/devices.h"
#include "service/import_devices.h"
#include "service/sight.h"
#include "service/store_trouble.h"

#include <algorithm>
#include <span>

namespace provost {

namespace {

// A phone that wants its secrets waits for the batch that is being written, not for more.
constexpr std::size_t rows_at_once = 100;

DeviceBefore before_of(const Device& device) {
    DeviceBefore before{device.site,   device.vendor,   device.model, device.secret_mode,
                        device.access, device.settings, device.raw,   device.state};
    before.version = device.version;
    return before;
}

// Whether another way in would cost it something that nobody can bring back.
Result<bool> has_secrets(Transaction& transaction, const Device& device) {
    if (is_by_password(device.access) || device.token || device.rotation) return true;
    PROVOST_TRY(const auto sealed, transaction.secrets(device.mac));
    return !sealed.empty();
}

// The device as the row makes it.
Result<Device> add(Transaction& transaction, const House& house, const ImportOptions& options,
                   const ImportRow& row) {
    auto device = row.device;
    PROVOST_CHECK(transaction.insert_device(device));
    if (options.arm) PROVOST_CHECK(arm_device(transaction, house, device, false));
    return device;
}

Result<Device> change(Transaction& transaction, const ImportRow& row, std::optional<DeviceBefore>& before) {
    const auto& device = row.device;
    PROVOST_TRY(const auto now, transaction.device(device.mac));
    if (!now) return fail({"P-2027", "device " + device.mac.lower() + " was removed meanwhile", "mac"});
    if (now->tenant != device.tenant) return fail(foreign_device(device.mac));
    // The row holds the whole device as it was drafted, one version on.
    if (now->version + 1 != device.version)
        return fail({"P-2015", "device " + device.mac.lower() + " was changed by someone else meanwhile",
                     "mac", "after the list was checked", "Load the list again: the rest is there by now."});
    before = before_of(*now);
    if (now->access != device.access) {
        PROVOST_TRY(before->secrets_gone, has_secrets(transaction, *now));
    }
    auto next = *now;
    next.vendor = device.vendor, next.model = device.model, next.site = device.site;
    next.secret_mode = device.secret_mode, next.settings = device.settings, next.raw = device.raw;
    PROVOST_CHECK(change_access(transaction, next, device.access));
    ++next.version;
    PROVOST_CHECK(transaction.update_device(next));
    return next;
}

Status write_row(Transaction& transaction, const House& house, const ImportOptions& options,
                 const ImportRow& row) {
    const bool adds = row.fate == RowFate::add;
    std::optional<DeviceBefore> before;
    PROVOST_TRY(const auto device,
                adds ? add(transaction, house, options, row) : change(transaction, row, before));
    if (options.number != 0)
        PROVOST_CHECK(transaction.imports().keep(
            options.number, {device.mac, row.line, device.tenant, device.version, device.generation,
                             device.state, false, std::move(before)}));
    auto event =
        device_event(adds ? "device.created" : "device.changed", device, options.actor, house.clock.now());
    event.detail = options.arm && adds ? "imported and armed" : "imported";
    return transaction.insert_event(event).map([](std::int64_t) {});
}

// In the transaction that writes the rows: after an end of the server it tells to the row how far it came.
Status note_progress(Transaction& transaction, std::int64_t number, std::size_t done,
                     std::span<const ImportRow* const> written) {
    if (number == 0) return {};
    PROVOST_TRY(auto record, transaction.imports().find(number));
    if (!record) return {};
    record->done = done;
    for (const auto* const row : written) ++(row->fate == RowFate::add ? record->added : record->changed);
    return transaction.imports().update(*record);
}

}  // namespace

Status ImportDevices::apply(Plan& plan, const Progress& progress) {
    std::vector<const ImportRow*> ready;
    for (const auto& row : plan.rows)
        if (row.fate == RowFate::add || row.fate == RowFate::change) ready.push_back(&row);
    const auto write = [&](std::size_t begin, std::size_t end) {
        return house_.store.apply([&](Transaction& transaction) -> Status {
            for (std::size_t i = begin; i < end; ++i)
                PROVOST_CHECK(write_row(transaction, house_, plan.options, *ready[i]));
            return note_progress(transaction, plan.options.number, end,
                                 std::span(ready).subspan(begin, end - begin));
        });
    };
    for (std::size_t from = 0; from < ready.size(); from += rows_at_once) {
        if (!progress(from, ready.size())) return fail(import_stopped(plan.report.applied));
        const auto to = std::min(from + rows_at_once, ready.size());
        const auto batch = write(from, to);
        if (batch) {
            plan.report.applied += to - from;
            continue;
        }
        if (is_store_trouble(batch.error())) return batch;
        // One bad row must not hold back its batch: find it by writing row by row.
        for (std::size_t i = from; i < to; ++i) {
            const auto one = write(i, i + 1);
            if (!one && is_store_trouble(one.error())) return one;
            if (one)
                ++plan.report.applied;
            else
                plan.report.problems.push_back({ready[i]->line, one.error().where, one.error(), "", {}});
        }
    }
    progress(ready.size(), ready.size());
    return {};
}

}  // namespace provost
