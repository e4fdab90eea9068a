#include "storage/sqlite/reads.h"

#include "base/ascii.h"
#include "storage/sqlite/rows.h"

#include <algorithm>
#include <charconv>

namespace provost::sqlite {

namespace {

std::int64_t row_limit(std::size_t limit) {
    static constexpr std::size_t most = 1'000'000;
    return static_cast<std::int64_t>(std::min(limit, most));
}

Error bad_cursor(const std::string& cursor) {
    return {"P-6016", "'" + cursor + "' is not a page's cursor", "", "",
            "Take the cursor that the page before gave"};
}

// One text for lists of any length: statements are kept prepared by their text.
constexpr std::string_view tenant_within = " AND tenant IN (SELECT value FROM json_each(?))";

std::string list_of(const TenantIds& tenants) {
    std::string list = "[";
    for (const auto id : tenants) list += (list.size() == 1 ? "" : ",") + std::to_string(id);
    return list + "]";
}

// The filter's text holds no value of the caller's: those are bound, in the same order, by bind_filter.
std::string event_filter(const EventFilter& filter) {
    std::string text;
    if (filter.device) text += " AND device = ?";
    if (filter.within) text += tenant_within;
    if (!filter.kind.empty()) text += " AND kind = ?";
    if (!filter.rule.empty()) text += " AND rule = ?";
    if (filter.refusals_only) text += " AND refused = 1";
    if (filter.without_visits) text += " AND kind <> 'visit'";
    return text;
}

void bind_filter(Query& query, const EventFilter& filter) {
    if (filter.device) query.bind(*filter.device);
    if (filter.within) query.bind(list_of(*filter.within));
    if (!filter.kind.empty()) query.bind(filter.kind);
    if (!filter.rule.empty()) query.bind(filter.rule);
}

}  // namespace

Result<std::optional<Device>> find_device(Database& database, MacAddress mac) {
    static const std::string sql = select(device_columns, "devices WHERE mac = ?1");
    return read_one(database.query(sql, mac), read_device);
}

Result<std::vector<Device>> list_devices(Database& database, const DeviceFilter& filter, const Page& page) {
    std::int64_t after = -1;
    if (!page.after.empty()) {
        const auto mac = MacAddress::parse(page.after);
        if (!mac) return fail(bad_cursor(page.after));
        after = static_cast<std::int64_t>(mac->value());
    }
    std::string rest = "devices WHERE mac > ?";
    if (filter.tenant) rest += " AND tenant = ?";
    if (filter.within) rest += tenant_within;
    if (filter.state) rest += " AND state = ?";
    if (!filter.vendor.empty()) rest += " AND vendor = ?";
    if (filter.not_rotated) rest += " AND rotation_asked IS NOT NULL";
    if (!filter.mac_part.empty()) rest += " AND instr(printf('%012x', mac), ?) > 0";
    auto query = database.query(select(device_columns, rest + " ORDER BY mac LIMIT ?"), after);
    if (filter.tenant) query.bind(*filter.tenant);
    if (filter.within) query.bind(list_of(*filter.within));
    if (filter.state) query.bind(to_text(*filter.state));
    if (!filter.vendor.empty()) query.bind(filter.vendor);
    if (!filter.mac_part.empty()) query.bind(lower_case(filter.mac_part));
    query.bind(row_limit(page.limit));
    return read_all(std::move(query), read_device);
}

Result<std::optional<Device>> find_device_by_token(Database& database, const Sha256& hash) {
    static const std::string sql = select(device_columns, "devices WHERE token = ?1");
    return read_one(database.query(sql, hash), read_device);
}

Result<std::vector<StoredSecret>> list_secrets(Database& database, MacAddress mac) {
    static const std::string sql =
        select(secret_columns,
               "secrets WHERE mac = ?1 AND NOT (purpose GLOB 'access.*' OR purpose GLOB 'registrar.*'"
               " OR purpose GLOB 'diagnostics.*')"
               " ORDER BY purpose");
    return read_all(database.query(sql, mac), read_secret);
}

Result<std::optional<StoredSecret>> find_secret(Database& database, MacAddress mac,
                                                const std::string& purpose) {
    static const std::string sql = select(secret_columns, "secrets WHERE mac = ?1 AND purpose = ?2");
    return read_one(database.query(sql, mac, purpose), read_secret);
}

Result<std::vector<SecretRow>> list_secret_ids(Database& database, MacAddress mac, SecretsOf whom) {
    static constexpr const char* kind =
        "SELECT id, generation FROM secrets WHERE mac = ?1 AND"
        " CASE WHEN purpose GLOB 'access.*' THEN 1 WHEN purpose GLOB 'registrar.*' THEN 2"
        " WHEN purpose GLOB 'diagnostics.*' THEN 3 ELSE 0 END = ?2";
    auto query = database.query(kind, mac, static_cast<std::int64_t>(whom));
    return read_all(
        std::move(query), +[](Query& row) -> Result<SecretRow> {
            SecretRow found;
            PROVOST_CHECK(row.read(found.id, found.generation));
            return found;
        });
}

Result<std::optional<AccessCredential>> find_credential(Database& database, const std::string& user) {
    static const std::string sql = select(credential_columns, "credentials WHERE user = ?1");
    static const std::string digests =
        select(secret_columns, "secrets WHERE mac = ?1 AND generation = ?2 AND purpose GLOB 'access.*'");
    PROVOST_TRY(auto found, read_one(database.query(sql, user), read_credential));
    AccessCredential none;
    auto& credential = found ? *found : none;
    PROVOST_TRY(credential.digests,
                read_all(database.query(digests, credential.device, credential.generation), read_secret));
    PROVOST_TRY(const auto older,
                database.number("SELECT count(*) FROM credentials WHERE mac = ?1 AND generation < ?2",
                                credential.device, credential.generation));
    credential.has_older = older != 0;
    return found;
}

Result<std::vector<OutboxEntry>> list_outbox(Database& database, bool unsent_only, const Page& page) {
    std::int64_t after = 0;
    const char* const end = page.after.data() + page.after.size();
    if (!page.after.empty()) {
        const auto [stop, error] = std::from_chars(page.after.data(), end, after);
        if (error != std::errc() || stop != end) return fail(bad_cursor(page.after));
    }
    const std::string_view rest =
        unsent_only ? "outbox WHERE id > ?1 AND sent IS NULL AND state <> 'void' ORDER BY id LIMIT ?2"
                    : "outbox WHERE id > ?1 ORDER BY id LIMIT ?2";
    return read_all(database.query(select(outbox_columns, rest), after, row_limit(page.limit)),
                    read_outbox_entry);
}

Result<std::vector<Event>> list_events(Database& database, const EventFilter& filter, std::int64_t after,
                                       std::size_t limit) {
    const std::string rest = "events WHERE id > ?" + event_filter(filter) + " ORDER BY id LIMIT ?";
    auto query = database.query(select(event_columns, rest), after);
    bind_filter(query, filter);
    query.bind(row_limit(limit));
    return read_all(std::move(query), read_event);
}

Result<std::vector<Event>> list_last_events(Database& database, const EventFilter& filter,
                                            std::size_t limit) {
    const std::string rest = "events WHERE true" + event_filter(filter) + " ORDER BY id DESC LIMIT ?";
    auto query = database.query(select(event_columns, rest));
    bind_filter(query, filter);
    query.bind(row_limit(limit));
    return read_all(std::move(query), read_event);
}

Result<Counts> count_all(Database& database) {
    Counts counts;
    auto states = database.query("SELECT state, count(*) FROM devices GROUP BY state ORDER BY state");
    while (true) {
        PROVOST_TRY(const bool row, states.next());
        if (!row) break;
        auto& [state, count] = counts.by_state.emplace_back();
        PROVOST_CHECK(states.read(state, count));
        counts.devices += count;
    }
    // Events are only ever pruned from the old end, so their ids have no gap.
    auto others = database.query(
        "SELECT (SELECT count(*) FROM tenants), (SELECT count(*) FROM secrets),"
        " (SELECT count(*) FROM outbox WHERE sent IS NULL AND state <> 'void' AND state = 'due'),"
        " (SELECT count(*) FROM outbox WHERE sent IS NULL AND state <> 'void' AND state = 'held'),"
        " (SELECT ifnull(max(id), 0) FROM events) - (SELECT ifnull(min(id), 1) FROM events) + 1");
    PROVOST_TRY([[maybe_unused]] const bool row, others.next());
    PROVOST_CHECK(others.read(counts.tenants, counts.secrets, counts.outbox_waiting, counts.outbox_held,
                              counts.events));
    return counts;
}

Result<std::optional<DeviceRating>> find_rating(Database& database, MacAddress mac) {
    auto query =
        database.query("SELECT stars, reason, remedy, since FROM device_ratings WHERE mac = ?1", mac);
    PROVOST_TRY(const bool row, query.next());
    if (!row) return std::nullopt;
    DeviceRating rating;
    PROVOST_CHECK(query.read(rating.stars, rating.reason, rating.raise, rating.since));
    return rating;
}

// Whose they are is told of one tenant's only: to sort 100,000 devices by that too takes eight times as long.
Result<std::vector<RatedGroup>> group_ratings(Database& database, std::optional<TenantId> tenant) {
    static const std::string rest =
        " d.vendor, d.secret_mode, d.access, ifnull(r.stars, 0), ifnull(r.reason, ''), ifnull(r.remedy, ''),"
        " count(*) FROM devices d LEFT JOIN device_ratings r ON r.mac = d.mac WHERE d.state <> 'retired'";
    static const std::string of_tenant =
        "SELECT d.tenant, d.site," + rest + " AND d.tenant = ?1 GROUP BY 2, 3, 4, 5, 6, 7, 8";
    static const std::string of_all = "SELECT 0, ''," + rest + " GROUP BY 3, 4, 5, 6, 7, 8";
    return read_all(tenant ? database.query(of_tenant, *tenant) : database.query(of_all), read_rated_group);
}

Result<std::string> find_note(Database& database, const std::string& name) {
    auto query = database.query("SELECT value FROM notes WHERE name = ?1", name);
    PROVOST_TRY(const bool row, query.next());
    std::string value;
    if (row) PROVOST_CHECK(query.read(value));
    return value;
}

namespace {

Result<std::vector<MacAddress>> read_macs(Query query) {
    std::vector<MacAddress> macs;
    while (true) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) return macs;
        PROVOST_CHECK(query.read(macs.emplace_back()));
    }
}

}  // namespace

// In another order each time: those that can't be rotated stay in it, and keep nobody else out.
Result<std::vector<MacAddress>> list_stale(Database& database, TenantId tenant, Timestamp before,
                                           std::size_t limit) {
    return read_macs(
        database.query("SELECT mac FROM devices WHERE tenant = ?1 AND state = 'provisioned'"
                       " AND credentials_since < ?2 AND rotation_asked IS NULL ORDER BY random() LIMIT ?3",
                       tenant, before, row_limit(limit)));
}

Result<std::vector<MacAddress>> list_due(Database& database, Timestamp now, std::size_t limit) {
    return read_macs(database.query("SELECT mac FROM devices WHERE due <= ?1 ORDER BY due LIMIT ?2", now,
                                    row_limit(limit)));
}

}  // namespace provost::sqlite
