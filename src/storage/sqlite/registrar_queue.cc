#include "storage/sqlite/registrar_queue.h"

#include "storage/sqlite/rows.h"

#include <algorithm>

namespace provost::sqlite {

namespace {

std::string select_queue(std::string_view rest) {
    return std::string("SELECT ").append(outbox_columns) +
           ", due, tries, trouble FROM registrar_queue JOIN outbox ON id = entry WHERE registrar = ?1 AND"
           " told IS NULL AND " +
           std::string(rest);
}

Result<QueuedEntry> read_queued(Query& row) {
    QueuedEntry queued;
    PROVOST_TRY(queued.entry, read_outbox_row(row, queued.due, queued.tries, queued.trouble));
    return queued;
}

}  // namespace

Result<std::vector<QueuedEntry>> list_queue_due(Database& database, const std::string& registrar,
                                                Timestamp now, std::size_t limit) {
    static const std::string sql = select_queue("due <= ?2 ORDER BY due, entry LIMIT ?3");
    return read_all(database.query(sql, registrar, now, limit), read_queued);
}

Result<std::optional<Timestamp>> find_next_due(Database& database, const std::string& registrar) {
    auto query = database.query("SELECT min(due) FROM registrar_queue WHERE registrar = ?1 AND told IS NULL",
                                registrar);
    PROVOST_TRY([[maybe_unused]] const bool row, query.next());
    std::optional<Timestamp> due;
    PROVOST_CHECK(query.read(due));
    return due;
}

Result<QueueState> read_queue_state(Database& database, const std::string& registrar) {
    auto query = database.query(
        "SELECT count(*), ifnull(sum(tries > 0), 0), min(at) FROM registrar_queue JOIN outbox ON id = entry"
        " WHERE registrar = ?1 AND told IS NULL",
        registrar);
    PROVOST_TRY([[maybe_unused]] const bool row, query.next());
    QueueState state;
    PROVOST_CHECK(query.read(state.waiting, state.refused, state.oldest));
    return state;
}

Result<std::vector<QueuedEntry>> list_refused(Database& database, const std::string& registrar,
                                              std::size_t limit) {
    static const std::string sql = select_queue("tries > 0 ORDER BY entry LIMIT ?2");
    return read_all(database.query(sql, registrar, limit), read_queued);
}

Result<std::optional<OutboxEntry>> find_account(Database& database, const RegistrarAccount& account) {
    static const std::string sql = select(
        outbox_columns, "outbox WHERE user = ?1 AND realm = ?2 AND state = 'due' ORDER BY id DESC LIMIT 1");
    return read_one(database.query(sql, account.user, account.realm), read_outbox_entry);
}

Result<std::vector<OutboxEntry>> list_accounts(Database& database, const RegistrarAccount& after,
                                               std::size_t limit) {
    static const std::string sql = select(
        outbox_columns,
        "outbox o WHERE (user, realm) > (?1, ?2) AND state = 'due' AND NOT EXISTS (SELECT 1 FROM outbox n"
        " WHERE n.user = o.user AND n.realm = o.realm AND n.id > o.id AND n.state = 'due')"
        " ORDER BY user, realm LIMIT ?3");
    return read_all(database.query(sql, after.user, after.realm, limit), read_outbox_entry);
}

Result<std::optional<Timestamp>> find_told(Database& database, const std::string& registrar,
                                           std::int64_t entry) {
    auto query = database.query("SELECT told FROM registrar_queue WHERE registrar = ?1 AND entry = ?2",
                                registrar, entry);
    PROVOST_TRY(const bool row, query.next());
    std::optional<Timestamp> told;
    if (row) PROVOST_CHECK(query.read(told));
    return told;
}

Result<std::optional<OutboxEntry>> QueueChanges::account(const RegistrarAccount& account) {
    return find_account(database_, account);
}

Result<std::vector<OutboxEntry>> QueueChanges::held(MacAddress device) {
    static const std::string sql =
        select(outbox_columns, "outbox WHERE device = ?1 AND state = 'held' ORDER BY id");
    return read_all(database_.query(sql, device), read_outbox_entry);
}

Result<std::vector<OutboxEntry>> QueueChanges::living(MacAddress device) {
    static const std::string sql =
        select(outbox_columns,
               "outbox o WHERE device = ?1 AND state = 'due' AND withdraw = 0 AND NOT EXISTS (SELECT 1 FROM"
               " outbox n WHERE n.user = o.user AND n.realm = o.realm AND n.id > o.id AND n.state = 'due')"
               " ORDER BY id");
    return read_all(database_.query(sql, device), read_outbox_entry);
}

// For the registrar the digests are as good as the password.
Status QueueChanges::blank(const OutboxEntry& entry) {
    if (entry.ha1_md5.empty()) return {};
    blanked_ = true;
    return database_.run("UPDATE outbox SET ha1_md5 = '', ha1_sha256 = '', fingerprint = ?2 WHERE id = ?1",
                         entry.id, fingerprint_of(entry.ha1_md5));
}

Status QueueChanges::make_void_before(const OutboxEntry& newer, bool held_only) {
    static const std::string sql =
        select(outbox_columns,
               "outbox WHERE user = ?1 AND realm = ?2 AND id < ?3 AND device = ?4 AND sent IS NULL AND"
               " state <> 'void' AND (?5 = 0 OR state = 'held')");
    PROVOST_TRY(const auto older, read_all(database_.query(sql, newer.user, newer.realm, newer.id,
                                                           newer.device, held_only ? 1 : 0),
                                           read_outbox_entry));
    for (const auto& entry : older) PROVOST_CHECK(make_void(entry));
    return {};
}

Status QueueChanges::make_void(const OutboxEntry& entry) {
    PROVOST_CHECK(database_.run("UPDATE outbox SET state = 'void' WHERE id = ?1", entry.id));
    PROVOST_CHECK(database_.run("DELETE FROM registrar_queue WHERE entry = ?1 AND told IS NULL", entry.id));
    return blank(entry);
}

Result<std::int64_t> QueueChanges::release(const OutboxEntry& entry) {
    PROVOST_TRY(const auto newest, database_.number("SELECT max(id) FROM outbox"));
    PROVOST_CHECK(
        database_.run("UPDATE outbox SET id = ?2, state = 'due' WHERE id = ?1", entry.id, newest + 1));
    return newest + 1;
}

// An account that waits after a refusal keeps back what comes after it.
Status QueueChanges::queue(const OutboxEntry& entry, const std::vector<std::string>& registrars,
                           Timestamp now) {
    auto there =
        database_.query("SELECT registrar FROM registrar_queue WHERE entry = ?1 AND told IS NULL", entry.id);
    PROVOST_TRY(const auto waiting, read_all(
                                        std::move(there), +[](Query& row) -> Result<std::string> {
                                            std::string name;
                                            PROVOST_CHECK(row.read(name));
                                            return name;
                                        }));
    for (const auto& name : waiting)
        if (std::find(registrars.begin(), registrars.end(), name) == registrars.end())
            PROVOST_CHECK(database_.run("DELETE FROM registrar_queue WHERE registrar = ?1 AND entry = ?2",
                                        name, entry.id));
    for (const auto& name : registrars)
        PROVOST_CHECK(database_.run(
            "INSERT INTO registrar_queue SELECT ?1, ?2, ?3, ?4, max(?5, ifnull((SELECT max(due) FROM"
            " registrar_queue WHERE registrar = ?1 AND account_user = ?3 AND account_realm = ?4 AND told IS"
            " NULL), 0)), 0, '', NULL WHERE true ON CONFLICT DO NOTHING",
            name, entry.id, entry.user, entry.realm, now));
    if (registrars.empty()) return {};
    queued_ = true;
    return settle(entry.id, now);
}

Status QueueChanges::told(const std::string& registrar, std::int64_t entry, Timestamp now) {
    PROVOST_CHECK(
        database_.run("UPDATE registrar_queue SET told = ?3, trouble = '' WHERE registrar = ?1 AND"
                      " entry = ?2 AND told IS NULL",
                      registrar, entry, now));
    return database_.changes() == 0 ? Status() : settle(entry, now);
}

// What came before it in the account is of no use to anyone once it is sent.
Status QueueChanges::settle(std::int64_t id, Timestamp now) {
    PROVOST_TRY(
        const auto waits,
        database_.number("SELECT count(*) FROM registrar_queue WHERE entry = ?1 AND told IS NULL", id));
    if (waits != 0) return {};
    static const std::string sql = select(outbox_columns, "outbox WHERE id = ?1");
    PROVOST_TRY(const auto found, read_one(database_.query(sql, id), read_outbox_entry));
    if (!found || found->state != OutboxState::due) return {};
    PROVOST_CHECK(database_.run("UPDATE outbox SET sent = ?2 WHERE id = ?1", id, now));
    PROVOST_CHECK(blank(*found));
    return database_.run(
        "DELETE FROM outbox WHERE user = ?1 AND realm = ?2 AND id < ?3 AND (sent IS NOT NULL"
        " OR state = 'void')",
        found->user, found->realm, id);
}

Status QueueChanges::refused(const std::string& registrar, const OutboxEntry& entry,
                             const std::string& trouble, Timestamp due) {
    PROVOST_CHECK(
        database_.run("UPDATE registrar_queue SET tries = tries + 1, trouble = ?3 WHERE"
                      " registrar = ?1 AND entry = ?2 AND told IS NULL",
                      registrar, entry.id, trouble));
    return database_.run(
        "UPDATE registrar_queue SET due = max(due, ?4) WHERE registrar = ?1 AND"
        " account_user = ?2 AND account_realm = ?3 AND told IS NULL",
        registrar, entry.user, entry.realm, due);
}

Result<std::int64_t> QueueChanges::replay(const std::string& registrar, const std::string& user,
                                          Timestamp now) {
    PROVOST_CHECK(
        database_.run("UPDATE registrar_queue SET due = ?3 WHERE registrar = ?1 AND told IS NULL"
                      " AND (?2 = '' OR account_user = ?2)",
                      registrar, user, now));
    queued_ = true;
    return database_.changes();
}

Status QueueChanges::tell_again(const std::string& registrar, const OutboxEntry& withdrawal, Timestamp now) {
    queued_ = true;
    return database_.run(
        "INSERT INTO registrar_queue VALUES (?1, ?2, ?3, ?4, ?5, 0, '', NULL)"
        " ON CONFLICT DO UPDATE SET told = NULL, due = ?5, tries = 0",
        registrar, withdrawal.id, withdrawal.user, withdrawal.realm, now);
}

}  // namespace provost::sqlite
