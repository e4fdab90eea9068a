#include "storage/sqlite/visit_log.h"

#include "domain/decide.h"
#include "storage/sqlite/rows.h"

#include <algorithm>
#include <string_view>
#include <unordered_map>

namespace provost::sqlite {

namespace {

constexpr std::size_t prune_step = 200;
constexpr Duration note_again_after = std::chrono::hours(1);
constexpr Duration sources_kept_for = std::chrono::hours(24 * 90);

// What the visits of one batch told of one device.
struct Sighting {
    const Event* last = nullptr;
    const std::string* firmware = nullptr;
    const std::string* model = nullptr;
    const Event* rated = nullptr;

    void add(const Event& event) {
        if (last == nullptr || event.at >= last->at) last = &event;
        if (!event.firmware.empty()) firmware = &event.firmware;
        if (!event.model.empty()) model = &event.model;
        if (event.rating.stars != 0 && (rated == nullptr || tells_another(event))) rated = &event;
    }
    // The first visit of those rated alike counts.
    [[nodiscard]] bool tells_another(const Event& event) const {
        return event.at >= rated->at &&
               (event.rating.stars != rated->rating.stars || event.rating.reason != rated->rating.reason);
    }
};

// Written when it changes, which is hardly ever: a call home as the one before costs a look.
Status note_rating(Database& database, MacAddress mac, const Event& event) {
    return database.run(
        "INSERT INTO device_ratings (mac, stars, reason, remedy, since)"
        " SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM devices WHERE mac = ?1)"
        " ON CONFLICT (mac) DO UPDATE SET stars = excluded.stars, reason = excluded.reason,"
        " remedy = excluded.remedy, since = excluded.since"
        " WHERE stars <> excluded.stars OR reason <> excluded.reason OR remedy <> excluded.remedy",
        mac, event.rating.stars, event.rating.reason, event.rating.raise, event.at);
}

Status note_sighting(Database& database, MacAddress mac, const Sighting& seen) {
    static const std::string untold;
    if (seen.rated != nullptr) PROVOST_CHECK(note_rating(database, mac, *seen.rated));
    return database.run(
        "UPDATE devices SET last_seen = ?2, last_source = ?3, firmware = iif(?4 = '', firmware, ?4),"
        " model = iif(model = '', ?5, model) WHERE mac = ?1 AND (last_seen IS NULL OR last_seen <= ?2)",
        mac, seen.last->at, seen.last->source, seen.firmware == nullptr ? untold : *seen.firmware,
        seen.model == nullptr ? untold : *seen.model);
}

bool makes_known(const Event& event) {
    const auto rule = parse_rule(event.rule);
    return rule && !event.source.empty() && makes_source_known(event.proved, event.tenant != 0, *rule);
}

// An hour late at most, so that a call home hardly ever costs a write.
Status note_sources(Database& database, const std::deque<Event>& events) {
    std::unordered_map<std::string_view, Timestamp> sources;
    for (const auto& event : events)
        if (makes_known(event)) {
            auto& at = sources[event.source];
            at = std::max(at, event.at);
        }
    if (sources.empty()) return {};
    Timestamp newest{};
    for (const auto& [address, at] : sources) {
        PROVOST_CHECK(
            database.run("INSERT INTO known_sources (address, at) VALUES (?1, ?2)"
                         " ON CONFLICT (address) DO UPDATE SET at = excluded.at"
                         " WHERE excluded.at - at >= ?3",
                         address, at, note_again_after));
        newest = std::max(newest, at);
    }
    return database.run(
        "DELETE FROM known_sources WHERE address IN"
        " (SELECT address FROM known_sources WHERE at < ?1 ORDER BY at LIMIT ?2)",
        newest - sources_kept_for, 2 * sources.size());
}

// Twice as many as came, so that the table shrinks back after its limit was lowered, and never many at once.
Status prune(Database& database, std::size_t written, std::int64_t most) {
    const auto limit = 2 * written + prune_step;
    return database.run(
        "DELETE FROM events WHERE id IN (SELECT id FROM events"
        " WHERE id <= (SELECT max(id) FROM events) - ?1 ORDER BY id LIMIT ?2)",
        most, limit);
}

}  // namespace

Status write_visits(Database& database, const std::deque<Event>& events, std::int64_t kept) {
    std::unordered_map<MacAddress, Sighting> sightings;
    for (const auto& event : events) {
        PROVOST_CHECK(insert_event(database, event));
        if (event.proved && event.device) sightings[*event.device].add(event);
    }
    for (const auto& [mac, seen] : sightings) PROVOST_CHECK(note_sighting(database, mac, seen));
    PROVOST_CHECK(note_sources(database, events));
    return prune(database, events.size(), kept);
}

Event dropped_event(std::uint64_t count) {
    Event event;
    event.at = SystemClock().now();
    event.kind = "store.events-dropped";
    event.detail =
        std::to_string(count) + " events were dropped, the oldest first: the store could not keep up";
    event.actor = "store";
    return event;
}

}  // namespace provost::sqlite
