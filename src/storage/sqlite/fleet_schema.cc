#include "storage/sqlite/fleet_schema.h"

#include "service/search_terms.h"
#include "storage/sqlite/rows.h"

#include <string>

namespace provost::sqlite {

namespace {

constexpr int digits = 12;
constexpr const char* filled_note = "fleet.words";
constexpr std::size_t fill_step = 1000;

// A visit writes `seen` and `source` only when they change: once a minute at most, however many files a phone
// asks for as it boots.
constexpr const char* tables = R"sql(
CREATE TABLE fleet_groups (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL,
    site TEXT NOT NULL,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    firmware TEXT NOT NULL,
    state TEXT NOT NULL,
    stars INTEGER NOT NULL,
    never INTEGER NOT NULL,
    devices INTEGER NOT NULL,
    UNIQUE (tenant, site, vendor, model, firmware, state, stars, never)
) STRICT;
CREATE INDEX fleet_groups_empty ON fleet_groups (id) WHERE devices = 0;

CREATE TABLE fleet (
    mac INTEGER PRIMARY KEY,
    grp INTEGER NOT NULL,
    seen INTEGER,
    source TEXT NOT NULL,
    backwards INTEGER NOT NULL
) STRICT;
CREATE INDEX fleet_group ON fleet (grp, mac);
CREATE INDEX fleet_seen ON fleet (seen, mac, grp);
CREATE INDEX fleet_source ON fleet (source, grp) WHERE source <> '';
CREATE INDEX fleet_backwards ON fleet (backwards, grp);

CREATE INDEX devices_held ON devices (mac) WHERE held_key IS NOT NULL;

CREATE TABLE fleet_words (
    tenant INTEGER NOT NULL,
    word TEXT NOT NULL,
    mac INTEGER NOT NULL,
    PRIMARY KEY (tenant, word, mac)
) STRICT, WITHOUT ROWID;
CREATE INDEX fleet_words_mac ON fleet_words (mac, word);

CREATE TABLE tallies (
    span INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (span, tenant, at, name)
) STRICT, WITHOUT ROWID;

CREATE VIEW fleet_facts AS
    SELECT d.mac, d.tenant, d.site, d.vendor, d.model, d.firmware, d.state, ifnull(r.stars, 0) AS stars,
        d.last_seen IS NULL AS never, d.last_seen / 60000 AS seen, d.last_source AS source
    FROM devices d LEFT JOIN device_ratings r ON r.mac = d.mac;
)sql";

// MAC in the text stands for whose row it is.
constexpr const char* leave_group = R"sql(
    UPDATE fleet_groups SET devices = devices - 1 WHERE id = (SELECT grp FROM fleet WHERE mac = MAC);
)sql";
constexpr const char* drop_empty = R"sql(
    DELETE FROM fleet_groups WHERE devices = 0;
)sql";
constexpr const char* enter_group = R"sql(
    INSERT INTO fleet_groups (tenant, site, vendor, model, firmware, state, stars, never, devices)
        SELECT tenant, site, vendor, model, firmware, state, stars, never, 1 FROM fleet_facts WHERE mac = MAC
        ON CONFLICT DO UPDATE SET devices = devices + 1;
    INSERT INTO fleet (mac, grp, seen, source, backwards)
        SELECT f.mac, g.id, f.seen, f.source, BACKWARDS FROM fleet_facts f JOIN fleet_groups g
            ON g.tenant = f.tenant AND g.site = f.site AND g.vendor = f.vendor AND g.model = f.model
            AND g.firmware = f.firmware AND g.state = f.state AND g.stars = f.stars AND g.never = f.never
        WHERE f.mac = MAC
        ON CONFLICT DO UPDATE SET grp = excluded.grp;
)sql";

std::string replaced(std::string text, std::string_view what, std::string_view with) {
    for (auto at = text.find(what); at != text.npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
    return text;
}

std::string backwards_of(const std::string& mac) {
    std::string sum;
    for (int digit = 0; digit < digits; ++digit)
        sum += (digit == 0 ? "((" : " | ((") + mac + " >> " + std::to_string(4 * digit) + " & 15) << " +
               std::to_string(4 * (digits - 1 - digit)) + ")";
    return "(" + sum + ")";
}

std::string trigger(const std::string& name, const std::string& when, const std::string& body,
                    const std::string& mac) {
    return "CREATE TRIGGER " + name + " AFTER " + when + " BEGIN" +
           replaced(replaced(body, "BACKWARDS", backwards_of("f.mac")), "MAC", mac) + "END;\n";
}

std::string triggers() {
    const std::string leave = leave_group, enter = enter_group, empty = drop_empty;
    const std::string forget = "    DELETE FROM fleet WHERE mac = MAC;\n";
    const std::string unword = "    DELETE FROM fleet_words WHERE mac = MAC;\n";
    std::string all = trigger("fleet_add", "INSERT ON devices", enter, "NEW.mac");
    all += trigger("fleet_remove", "DELETE ON devices", leave + forget + unword + empty, "OLD.mac");
    all += trigger("fleet_change",
                   "UPDATE OF tenant, site, vendor, model, firmware, state, last_seen ON devices"
                   " WHEN OLD.tenant <> NEW.tenant OR OLD.site <> NEW.site OR OLD.vendor <> NEW.vendor"
                   " OR OLD.model <> NEW.model OR OLD.firmware <> NEW.firmware OR OLD.state <> NEW.state"
                   " OR (OLD.last_seen IS NULL) <> (NEW.last_seen IS NULL)",
                   leave + enter + empty, "NEW.mac");
    all += trigger("fleet_see",
                   "UPDATE OF last_seen ON devices WHEN OLD.last_seen / 60000 IS NOT NEW.last_seen / 60000",
                   "    UPDATE fleet SET seen = NEW.last_seen / 60000 WHERE mac = MAC;\n", "NEW.mac");
    all += trigger("fleet_move", "UPDATE OF last_source ON devices WHEN OLD.last_source <> NEW.last_source",
                   "    UPDATE fleet SET source = NEW.last_source WHERE mac = MAC;\n", "NEW.mac");
    all += trigger("fleet_rate", "INSERT ON device_ratings", leave + enter + empty, "NEW.mac");
    all += trigger("fleet_rate_again", "UPDATE OF stars ON device_ratings WHEN OLD.stars <> NEW.stars",
                   leave + enter + empty, "NEW.mac");
    return all;
}

// Those that were there before.
std::string first_rows() {
    return replaced(R"sql(
INSERT INTO fleet_groups (tenant, site, vendor, model, firmware, state, stars, never, devices)
    SELECT tenant, site, vendor, model, firmware, state, stars, never, count(*) FROM fleet_facts
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;
INSERT INTO fleet (mac, grp, seen, source, backwards)
    SELECT f.mac, g.id, f.seen, f.source, BACKWARDS FROM fleet_facts f JOIN fleet_groups g
        ON g.tenant = f.tenant AND g.site = f.site AND g.vendor = f.vendor AND g.model = f.model
        AND g.firmware = f.firmware AND g.state = f.state AND g.stars = f.stars AND g.never = f.never;
)sql",
                    "BACKWARDS", backwards_of("f.mac"));
}

struct Worded {
    MacAddress mac;
    std::string settings;
};
Result<Worded> read_worded(Query& row) {
    Worded one;
    PROVOST_CHECK(row.read(one.mac, one.settings));
    return one;
}

Status fill_all(Database& database) {
    MacAddress after;
    for (bool more = true; more;) {
        PROVOST_TRY(const auto found,
                    read_all(database.query("SELECT mac, settings FROM devices WHERE mac > ?1 ORDER BY mac "
                                            "LIMIT ?2",
                                            after, fill_step),
                             read_worded));
        for (const auto& one : found) {
            after = one.mac;
            if (one.settings.empty()) continue;
            PROVOST_TRY(const auto device, read_one(database.query("SELECT " + std::string(device_columns) +
                                                                       " FROM devices WHERE mac = ?1",
                                                                   one.mac),
                                                    read_device));
            if (device) PROVOST_CHECK(write_fleet_words(database, *device));
        }
        more = found.size() == fill_step;
    }
    return database.run("INSERT INTO notes VALUES (?1, 'filled') ON CONFLICT DO NOTHING", filled_note);
}

}  // namespace

std::uint64_t backwards(std::uint64_t mac) {
    std::uint64_t turned = 0;
    for (int digit = 0; digit < digits; ++digit) turned = turned << 4 | (mac >> 4 * digit & 15);
    return turned;
}

const char* fleet_schema() {
    static const std::string text = tables + triggers() + first_rows();
    return text.c_str();
}

Status write_fleet_words(Database& database, const Device& device) {
    PROVOST_CHECK(database.run("DELETE FROM fleet_words WHERE mac = ?1", device.mac));
    for (const auto& word : words_of(device))
        PROVOST_CHECK(database.run("INSERT INTO fleet_words (tenant, word, mac) VALUES (?1, ?2, ?3)",
                                   device.tenant, word, device.mac));
    return {};
}

Status fill_fleet_words(Database& database) {
    PROVOST_TRY(const auto filled,
                database.number("SELECT count(*) FROM notes WHERE name = ?1", filled_note));
    if (filled != 0) return {};
    return database.transact([&] { return fill_all(database); });
}

}  // namespace provost::sqlite
