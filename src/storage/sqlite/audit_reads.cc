#include "storage/sqlite/audit_reads.h"

#include "storage/sqlite/sqlite_store.h"

#include <algorithm>

namespace provost::sqlite {

namespace {

// How many entries one page looks at: an index by device would cost each delivery more than this costs a
// reader.
constexpr int looked_at_most = 200'000;

bool is_of_kind(const std::string& kind, const std::string& wanted) {
    if (wanted.empty() || kind == wanted) return true;
    return wanted.ends_with('.') && kind.starts_with(wanted);
}

bool matches(const AuditEntry& entry, const AuditFilter& filter) {
    if (filter.device && entry.device != filter.device) return false;
    if (filter.tenant && entry.tenant != *filter.tenant) return false;
    if (filter.within && !std::ranges::binary_search(*filter.within, entry.tenant)) return false;
    if (filter.until && entry.at >= *filter.until) return false;
    if (filter.since && entry.at < *filter.since) return false;
    return is_of_kind(entry.kind, filter.kind);
}

}  // namespace

Result<AuditPage> list_audit(Database& database, const AuditFilter& filter, std::int64_t before,
                             std::size_t limit) {
    static const std::string sql =
        "SELECT " + std::string(audit_columns) + " FROM audit WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2";
    AuditPage page;
    AuditRow row;
    auto query = database.query(sql, before == 0 ? INT64_MAX : before, looked_at_most);
    while (page.rows.size() < limit) {
        PROVOST_TRY(const bool more, query.next());
        if (!more) break;
        PROVOST_CHECK(read_audit_row(query, row));
        page.looked_until = row.entry.seq;
        if (matches(row.entry, filter)) page.rows.push_back(row);
    }
    if (page.looked_until == 1) page.looked_until = 0;
    return page;
}

}  // namespace provost::sqlite

namespace provost {

namespace {

Result<sqlite::Database> open_trail(const std::filesystem::path& file) {
    PROVOST_TRY(auto database, sqlite::Database::open(file, sqlite::Database::Use::read));
    PROVOST_TRY(const auto tables,
                database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'audit'"));
    if (tables == 1) return database;
    return fail({"P-6031", "there is no audit trail in the database", file.string(),
                 "an older Provost wrote it, or another program",
                 "Name the server's provost.db, or a backup of it"});
}

}  // namespace

Status read_audit(const std::filesystem::path& file, const std::function<void(const AuditRow&)>& take) {
    PROVOST_TRY(auto database, open_trail(file));
    static const std::string sql =
        "SELECT " + std::string(sqlite::audit_columns) + " FROM audit ORDER BY seq";
    auto query = database.query(sql);
    for (AuditRow row;;) {
        PROVOST_TRY(const bool more, query.next());
        if (!more) return {};
        PROVOST_CHECK(sqlite::read_audit_row(query, row));
        take(row);
    }
}

bool has_audit(const std::filesystem::path& file) {
    std::error_code ignored;
    if (!std::filesystem::exists(file, ignored)) return false;
    auto database = open_trail(file);
    if (!database) return false;
    const auto tail = sqlite::read_audit_tail(*database);
    return tail && tail->seq > 0;
}

}  // namespace provost
