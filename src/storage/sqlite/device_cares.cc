#include "storage/sqlite/device_cares.h"

#include "storage/sqlite/reads.h"
#include "storage/sqlite/rows.h"

namespace provost::sqlite {

namespace {

constexpr const char* care_columns =
    "device, version, note, note_by, note_at, mute_reason, mute_by, mute_at, mute_until, mute_state,"
    " mute_generation";

Result<DeviceCare> read_care(Query& row) {
    DeviceCare care;
    DeviceNote note;
    DeviceMute mute;
    std::optional<Timestamp> noted, muted;
    std::string state;
    PROVOST_CHECK(row.read(care.device, care.version, note.text, note.by, noted, mute.reason, mute.by, muted,
                           mute.until, state, mute.generation));
    PROVOST_CHECK(take(mute.state, parse_device_state(state), "state of a muted device"));
    note.at = noted.value_or(Timestamp());
    mute.at = muted.value_or(Timestamp());
    if (noted) care.note = std::move(note);
    if (muted) care.mute = std::move(mute);
    return care;
}

}  // namespace

Result<std::optional<DeviceCare>> find_care(Database& database, MacAddress device) {
    static const std::string sql = select(care_columns, "device_care WHERE device = ?1");
    return read_one(database.query(sql, device), read_care);
}

Result<std::vector<DeviceCare>> list_with_mute(Database& database, Timestamp now, MacAddress after,
                                               std::size_t limit) {
    static const std::string sql = select(
        care_columns,
        "device_care WHERE mute_at IS NOT NULL AND (mute_until IS NULL OR mute_until > ?1) AND device > ?2"
        " ORDER BY device LIMIT ?3");
    return read_all(database.query(sql, now, after, limit), read_care);
}

Result<std::optional<DeviceCare>> CareChanges::of(MacAddress device) {
    return find_care(database_, device);
}

Status CareChanges::put(const DeviceCare& care) {
    static const std::string sql = std::string("INSERT OR REPLACE INTO device_care (") + care_columns +
                                   ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    const auto note = care.note.value_or(DeviceNote());
    const auto mute = care.mute.value_or(DeviceMute());
    auto query = database_.query(sql, care.device, care.version, note.text, note.by,
                                 care.note ? std::optional(note.at) : std::nullopt, mute.reason, mute.by,
                                 care.mute ? std::optional(mute.at) : std::nullopt, mute.until,
                                 to_text(mute.state), mute.generation);
    auto done = query.run();
    if (done || query.code() != SQLITE_CONSTRAINT_FOREIGNKEY) return done;
    return fail(
        {"P-6005", "there is no such device", care.device.lower(), "", "See the list of what is there"});
}

}  // namespace provost::sqlite
