#include "storage/sqlite/tallies.h"

#include "domain/decide.h"

namespace provost::sqlite {

namespace {

constexpr std::int64_t hour = 3'600'000;
constexpr std::int64_t day = 24 * hour;
constexpr std::size_t most_counts = 100'000;  // beyond, a tenant's are left out; those of all are not

// Of all tenants together hours are kept for 90 days and days for 5 years; of one hours for a week, days for
// 400 days: tenants may be thousands.
struct Kept {
    std::int64_t span, days;
    bool all;
};
constexpr Kept kept[] = {{hour, 90, true}, {day, 5 * 366, true}, {hour, 7, false}, {day, 400, false}};

std::int64_t start_of(std::int64_t at, std::int64_t span) {
    return at - at % span;
}

Status add(Database& database, std::int64_t span, const std::tuple<std::int64_t, TenantId, std::string>& key,
           std::int64_t count) {
    const auto& [at, tenant, name] = key;
    return database.run(
        "INSERT INTO tallies (span, tenant, at, name, count) VALUES (?1, ?2, ?3, ?4, ?5)"
        " ON CONFLICT DO UPDATE SET count = count + excluded.count",
        span, tenant, start_of(at, span), name, count);
}

std::string name_of(const Event& event) {
    const auto rule = parse_rule(event.rule);
    if (!rule) return {};
    if (is_refusal(*rule)) return "refused." + event.rule;
    return is_delivery(*rule) ? "delivered" : "";
}

Result<TallyRow> read_tally(Query& row) {
    TallyRow one;
    PROVOST_CHECK(row.read(one.at, one.name, one.count));
    return one;
}

}  // namespace

void VisitTally::count(const std::deque<Event>& events) {
    for (const auto& event : events) {
        if (event.kind != "visit") continue;
        const auto at = start_of(to_millis(event.at), hour);
        const auto name = name_of(event);
        for (const TenantId tenant : {TenantId{0}, event.tenant}) {
            if (tenant == 0 || counts_.size() < most_counts) {
                ++counts_[{at, tenant, "visits"}];
                if (!name.empty()) ++counts_[{at, tenant, name}];
            }
            if (event.tenant == 0) break;
        }
    }
}

Status VisitTally::write(Database& database, SteadyTime now, bool at_once) {
    writing_ = !counts_.empty() && (at_once || now - last_ >= every_);
    if (!writing_) return {};
    for (const auto& [key, count] : counts_) {
        PROVOST_CHECK(add(database, hour, key, count));
        PROVOST_CHECK(add(database, day, key, count));
    }
    return {};
}

void VisitTally::written(SteadyTime now) {
    if (!std::exchange(writing_, false)) return;
    counts_.clear();
    last_ = now;
}

Status tally_states(Database& database, Timestamp now) {
    for (const auto span : {hour, day}) {
        const auto at = start_of(to_millis(now), span);
        PROVOST_CHECK(
            database.run("DELETE FROM tallies WHERE span = ?1 AND tenant IN"
                         " (SELECT 0 UNION ALL SELECT id FROM tenants)"
                         " AND at = ?2 AND name >= 'state.' AND name < 'state/'",
                         span, at));
        PROVOST_CHECK(
            database.run("INSERT INTO tallies (span, tenant, at, name, count)"
                         " SELECT ?1, tenant, ?2, 'state.' || state, sum(devices) FROM fleet_groups"
                         " GROUP BY tenant, state UNION ALL"
                         " SELECT ?1, 0, ?2, 'state.' || state, sum(devices) FROM fleet_groups"
                         " GROUP BY state",
                         span, at));
    }
    for (const auto& one : kept)
        PROVOST_CHECK(database.run(one.all ? "DELETE FROM tallies WHERE span = ?1 AND tenant = 0 AND at < ?2"
                                           : "DELETE FROM tallies WHERE span = ?1 AND tenant IN"
                                             " (SELECT id FROM tenants) AND at < ?2",
                                   one.span, to_millis(now) - one.days * day));
    return {};
}

Status forget_tallies(Database& database, TenantId tenant) {
    return database.run("DELETE FROM tallies WHERE span IN (?1, ?2) AND tenant = ?3", hour, day, tenant);
}

Result<std::vector<TallyRow>> list_tallies(Database& database, TenantId tenant, TallySpan span,
                                           Timestamp from, Timestamp to) {
    std::vector<TallyRow> rows;
    auto query = database.query(
        "SELECT at, name, count FROM tallies WHERE span = ?1 AND tenant = ?2 AND at >= ?3 AND at < ?4"
        " ORDER BY at, name",
        span == TallySpan::hour ? hour : day, tenant, from, to);
    while (true) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) return rows;
        PROVOST_TRY(auto one, read_tally(query));
        rows.push_back(std::move(one));
    }
}

}  // namespace provost::sqlite
