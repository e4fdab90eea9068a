#include "storage/sqlite/bans.h"

#include "storage/sqlite/rows.h"

namespace provost::sqlite {

namespace {

constexpr const char* ban_columns = "id, network, rule, evidence, level, made, until, actor";

Result<Ban> read_ban(Query& row) {
    Ban ban;
    std::string network;
    PROVOST_CHECK(
        row.read(ban.id, network, ban.rule, ban.evidence, ban.level, ban.made, ban.until, ban.actor));
    PROVOST_TRY(const auto networks, parse_networks(network, "database"));
    if (networks.size() != 1)
        return fail(
            {"P-6014", "the database is damaged", "a ban's network", network, "Restore the newest backup"});
    ban.network = networks.front();
    return ban;
}

Result<SeenSource> read_source(Query& row) {
    SeenSource source;
    PROVOST_CHECK(row.read(source.address, source.at));
    return source;
}

}  // namespace

Result<std::vector<Ban>> list_bans(Database& database) {
    return read_all(database.query(std::string("SELECT ") + ban_columns + " FROM bans ORDER BY id DESC"),
                    read_ban);
}

Result<std::optional<Ban>> find_ban(Database& database, const Network& network) {
    return read_one(database.query(std::string("SELECT ") + ban_columns + " FROM bans WHERE network = ?1",
                                   network.text()),
                    read_ban);
}

// A network has one row: its next ban takes the place of the one before, under a new number.
Result<std::int64_t> write_ban(Database& database, const Ban& ban) {
    PROVOST_CHECK(database.run("DELETE FROM bans WHERE network = ?1", ban.network.text()));
    PROVOST_CHECK(
        database.run("INSERT INTO bans (network, rule, evidence, level, made, until, actor)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                     ban.network.text(), ban.rule, ban.evidence, ban.level, ban.made, ban.until, ban.actor));
    return database.last_id();
}

Result<std::vector<SeenSource>> list_sources(Database& database, Timestamp since, std::size_t limit) {
    return read_all(
        database.query("SELECT address, at FROM known_sources WHERE at >= ?1 ORDER BY at DESC LIMIT ?2",
                       since, limit),
        read_source);
}

}  // namespace provost::sqlite
