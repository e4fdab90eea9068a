#include "storage/sqlite/diagnostic_windows.h"

#include "storage/sqlite/reads.h"
#include "storage/sqlite/rows.h"

namespace provost::sqlite {

namespace {

constexpr const char* window_columns =
    "id, device, person, reason, opened, until, ended, taken, exposed, opened_by, closed_by";

Result<DiagnosticWindow> read_window(Query& row) {
    DiagnosticWindow w;
    PROVOST_CHECK(row.read(w.id, w.device, w.person, w.reason, w.opened, w.until, w.ended, w.taken, w.exposed,
                           w.opened_by, w.closed_by));
    return w;
}

Result<MacAddress> read_mac(Query& row) {
    MacAddress mac;
    PROVOST_CHECK(row.read(mac));
    return mac;
}

Error no_device(MacAddress mac) {
    return {"P-6005", "there is no such device", mac.lower(), "", "See the list of what is there"};
}

}  // namespace

Result<std::optional<DiagnosticWindow>> find_window(Database& database, MacAddress device) {
    static const std::string sql = select(window_columns, "diagnostic_windows WHERE device = ?1");
    return read_one(database.query(sql, device), read_window);
}

Result<std::vector<MacAddress>> list_windows_due(Database& database, Timestamp now, std::size_t limit) {
    return read_all(database.query("SELECT device FROM diagnostic_windows WHERE ended IS NULL AND until <= ?1"
                                   " ORDER BY until LIMIT ?2",
                                   now, limit),
                    read_mac);
}

Result<std::optional<DiagnosticWindow>> WindowChanges::of(MacAddress device) {
    return find_window(database_, device);
}

Result<std::int64_t> WindowChanges::insert(const DiagnosticWindow& w) {
    PROVOST_CHECK(remove(w.device));
    auto query = database_.query(
        "INSERT INTO diagnostic_windows (device, person, reason, opened, until, ended, taken, exposed,"
        " opened_by, closed_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        w.device, w.person, w.reason, w.opened, w.until, w.ended, w.taken, w.exposed, w.opened_by,
        w.closed_by);
    if (auto done = query.run(); !done)
        return query.code() == SQLITE_CONSTRAINT_FOREIGNKEY ? fail(no_device(w.device)) : fail(done.error());
    return database_.last_id();
}

Status WindowChanges::update(const DiagnosticWindow& w) {
    PROVOST_CHECK(
        database_.run("UPDATE diagnostic_windows SET until = ?2, ended = ?3, taken = ?4, exposed = ?5,"
                      " opened_by = ?6, closed_by = ?7 WHERE id = ?1",
                      w.id, w.until, w.ended, w.taken, w.exposed, w.opened_by, w.closed_by));
    if (database_.changes() == 0) return fail(no_device(w.device));
    return {};
}

Status WindowChanges::remove(MacAddress device) {
    return database_.run("DELETE FROM diagnostic_windows WHERE device = ?1", device);
}

Result<std::optional<StoredSecret>> WindowChanges::password(MacAddress device) {
    return find_secret(database_, device, std::string(window_purpose));
}

}  // namespace provost::sqlite
