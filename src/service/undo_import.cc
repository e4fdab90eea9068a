#include "service/undo_import.h"

#include "service/device_access.h"
#include "service/devices.h"
#include "service/sight.h"
#include "service/store_trouble.h"

#include <cstdio>

namespace provost {

namespace {

// A phone that wants its secrets waits for the batch that is being written, not for more.
constexpr std::size_t undone_at_once = 100;
constexpr std::size_t preview_step = 1000;
constexpr std::size_t drop_step = 2000;
constexpr std::size_t drops_at_once = 20;
constexpr Duration records_kept = std::chrono::hours(24);  // after their time

UndoRuling rule_on(const ImportTrace& trace, const Sight& sight) {
    return rule_on_undo(trace, sight.sees(trace.now ? trace.now->tenant : trace.image.tenant));
}

template <class Tally>
void count(Tally& tally, const UndoRuling& ruling) {
    if (ruling.step == UndoStep::remove) ++tally.removed;
    if (ruling.step == UndoStep::restore) ++tally.restored;
    if (ruling.step == UndoStep::leave) ++tally.left;
    if (ruling.why == UndoReason::secrets_gone) ++tally.to_arm;
}

std::optional<UndoneRow> told_of(const ImportImage& image, const UndoRuling& ruling) {
    if (ruling.why == UndoReason::none) return std::nullopt;
    return UndoneRow{image.row, image.mac, ruling.step, ruling.why, ""};
}

}  // namespace

std::string import_name(std::int64_t number) {
    char name[32];
    std::snprintf(name, sizeof name, "import i%08lld", static_cast<long long>(number));
    return name;
}

Result<UndoPreview> preview_undo(House& house, std::int64_t number, const Actor& actor, std::size_t rows) {
    const Sight sight(actor, house.policies.current());
    UndoPreview preview;
    MacAddress after;
    for (;;) {
        PROVOST_TRY(const auto traces, house.store.imports().traces(number, after, preview_step));
        for (const auto& trace : traces) {
            const auto ruling = rule_on(trace, sight);
            count(preview, ruling);
            auto told = told_of(trace.image, ruling);
            if (told && preview.rows.size() < rows) preview.rows.push_back(std::move(*told));
        }
        if (traces.size() < preview_step) return preview;
        after = traces.back().image.mac;
    }
}

// A store that fails is waited for: no row is given up for it.
Result<bool> UndoImport::run(const std::function<bool()>& go_on) {
    for (;;) {
        if (!go_on()) return false;
        auto done = batch(undone_at_once);
        if (done && *done == 0) return true;
        if (done) continue;
        if (!is_store_trouble(done.error())) {
            const auto tried = row_by_row();
            if (tried) continue;
            if (!is_store_trouble(tried.error())) return fail(tried.error());
        }
        std::this_thread::sleep_for(store_pause);
    }
}

// One bad row must not hold back its batch: find it.
Status UndoImport::row_by_row() {
    for (std::size_t i = 0; i < undone_at_once; ++i) {
        const auto done = batch(1);
        if (done && *done == 0) break;
        if (done) continue;
        if (is_store_trouble(done.error())) return fail(done.error());
        PROVOST_CHECK(give_up_on_next(done.error()));
    }
    return {};
}

// How many rows there were.
Result<std::size_t> UndoImport::batch(std::size_t limit) {
    std::size_t rows = 0;
    const Sight sight(actor_, house_.policies.current());
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto traces, transaction.imports().next(number_, limit));
        PROVOST_TRY(auto record, transaction.imports().find(number_));
        rows = record ? traces.size() : 0;
        if (rows == 0) return {};
        for (const auto& trace : traces) {
            const auto ruling = rule_on(trace, sight);
            PROVOST_CHECK(carry_out(transaction, trace, ruling));
            count(record->undo, ruling);
        }
        return transaction.imports().update(*record);
    }));
    return rows;
}

Status UndoImport::carry_out(Transaction& transaction, const ImportTrace& trace, const UndoRuling& ruling) {
    if (ruling.step == UndoStep::remove) PROVOST_CHECK(remove(transaction, trace));
    if (ruling.step == UndoStep::restore) PROVOST_CHECK(restore(transaction, trace));
    return transaction.imports().settle(number_, trace.image.mac, told_of(trace.image, ruling));
}

Status UndoImport::remove(Transaction& transaction, const ImportTrace& trace) {
    PROVOST_TRY(const auto device, transaction.device(trace.image.mac));
    if (!device) return fail(no_device(trace.image.mac));
    return remove_device(transaction, house_, *device, actor_.name, import_name(number_) + " undone");
}

Status UndoImport::restore(Transaction& transaction, const ImportTrace& trace) {
    const auto& before = *trace.image.before;
    PROVOST_TRY(const auto now, transaction.device(trace.image.mac));
    if (!now) return fail(no_device(trace.image.mac));
    auto device = put_back(*now, before);
    PROVOST_CHECK(change_access(transaction, device, before.access));
    device.state = settle_state(device.state, trace.image);
    PROVOST_CHECK(transaction.update_device(device));
    PROVOST_CHECK(transaction.imports().rebase(device.mac, before.version, device.version));
    auto event = device_event("device.changed", device, actor_.name, house_.clock.now());
    event.detail = import_name(number_) + " undone";
    return transaction.insert_event(event).map([](std::int64_t) {});
}

Status UndoImport::give_up_on_next(const Error& error) {
    return house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto traces, transaction.imports().next(number_, 1));
        PROVOST_TRY(auto record, transaction.imports().find(number_));
        if (traces.empty() || !record) return {};
        const auto& image = traces.front().image;
        ++record->undo.left;
        PROVOST_CHECK(transaction.imports().settle(
            number_, image.mac,
            UndoneRow{image.row, image.mac, UndoStep::leave, UndoReason::failed, error.text()}));
        return transaction.imports().update(*record);
    });
}

namespace {

// One step with one record, and when the next is due.
Status drop_part(ImportRecordChanges& imports, ImportRecord& record, Timestamp now) {
    auto& state = record.undo.state;
    if (may_begin(state)) state = UndoState::late;
    PROVOST_TRY(const auto images, imports.drop_images(record.number, drop_step));
    if (images == drop_step) return imports.update(record);
    const auto end = record.until.value_or(now) + records_kept;
    record.due = end;
    if (now < end) return imports.update(record);
    PROVOST_TRY(const auto rows, imports.drop_undone(record.number, drop_step));
    if (rows == drop_step) {
        record.due = now;
        return imports.update(record);
    }
    return imports.remove(record.number);
}

}  // namespace

Status drop_late_imports(House& house, Timestamp now) {
    PROVOST_TRY(const auto due, house.store.imports().due(now, drops_at_once));
    for (const auto& late : due)
        PROVOST_CHECK(house.store.apply([&](Transaction& transaction) -> Status {
            PROVOST_TRY(auto record, transaction.imports().find(late.number));
            if (!record || !record->due || *record->due > now) return {};  // asked for meanwhile
            return drop_part(transaction.imports(), *record, now);
        }));
    return {};
}

}  // namespace provost
