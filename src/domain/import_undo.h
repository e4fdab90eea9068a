// Undoing an import, row by row. Pure.
#pragma once

#include "domain/device.h"

#include <cstddef>
#include <string_view>

namespace provost {

// What an import can change of a device, as it was before. No secret is in it: those that the import
// destroyed are gone.
struct DeviceBefore {
    std::string site, vendor, model;
    SecretMode secret_mode = SecretMode::purge;
    Access access = Access::certificate;
    Settings settings;
    RawOverrides raw;
    DeviceState state = DeviceState::registered;
    std::int64_t version = 0;
    bool secrets_gone = false;  // it had some, and the import destroyed them
    bool operator==(const DeviceBefore&) const = default;
};

// What is kept of a row that an import wrote, as long as it can be undone.
struct ImportImage {
    MacAddress mac;
    std::size_t row = 0;  // line of the file
    TenantId tenant = 0;
    // As the import left it:
    std::int64_t version = 0, generation = 0;
    DeviceState state = DeviceState::registered;
    bool gone = false;                   // removed since: what has its MAC now is another
    std::optional<DeviceBefore> before;  // nullopt: the import added it
    bool operator==(const ImportImage&) const = default;
};

// The same with what has become of the device.
struct ImportTrace {
    struct Now {
        TenantId tenant = 0;
        std::int64_t version = 0, generation = 0;
        DeviceState state = DeviceState::registered;
    };
    ImportImage image;
    std::optional<Now> now;
    bool delivered = false;  // a delivery of its secrets was begun since
    bool attached = false;   // a diagnostic window or an exception hangs on it
};

enum class UndoStep : std::uint8_t { remove, restore, leave };
std::string_view to_text(UndoStep step);  // "removed", "restored", "left": what was done
std::optional<UndoStep> parse_undo_step(std::string_view text);

// Why a row is left as it is; of one that is restored, what is to be known of it.
enum class UndoReason : std::uint8_t {
    none,
    removed,
    out_of_sight,
    changed,
    delivered,
    attached,
    state,
    secrets_gone,
    failed,
};
std::string_view to_text(UndoReason reason);  // "out-of-sight"
std::optional<UndoReason> parse_undo_reason(std::string_view text);
std::string_view in_words(UndoReason reason);

struct UndoRuling {
    UndoStep step = UndoStep::leave;
    UndoReason why = UndoReason::none;
    bool operator==(const UndoRuling&) const = default;
};

// Whatever anybody did with the device since, and whatever a phone got of it, is worth more than the undo.
UndoRuling rule_on_undo(const ImportTrace& trace, bool in_sight);

// What the device becomes by UndoStep::restore, but for what a change of access does to its secrets and its
// state (change_access in life_cycle.h), which comes before `settle_state`.
Device put_back(Device now, const DeviceBefore& before);
// A device that lost no secret stands where it stood; any other stays registered until a person arms it.
DeviceState settle_state(DeviceState after_change_of_access, const ImportImage& image);

}  // namespace provost
