// How records lie in their rows: for each, the columns in the order in which they are read.
#pragma once

#include "service/records.h"
#include "storage/sqlite/database.h"

#include <optional>
#include <string>
#include <vector>

namespace provost::sqlite {

// P-6014 for a stored value that no version of the program wrote.
Error meaningless(std::string what);
template <class T>
Status take(T& out, const std::optional<T>& parsed, const char* what) {
    if (!parsed) return fail(meaningless(what));
    out = *parsed;
    return {};
}

inline std::string select(std::string_view columns, std::string_view rest) {
    return std::string("SELECT ").append(columns).append(" FROM ").append(rest);
}

// The column `settings`: one text holds a layer, first the neutral settings, then what is said in vendors'
// own words.
std::string format_layer(const Settings& settings, const RawOverrides& raw);
Status read_layer(Settings& settings, RawOverrides& raw, std::string_view text);

inline constexpr std::string_view device_columns =
    "mac, tenant, site, vendor, model, secret_mode, settings, state, generation, armed_until, "
    "delivering_since,"
    " delivery_attempts, grace_until, pinned_key, held_key, firmware, last_seen, last_source, version, "
    "access,"
    " token, token_until, token_networks, token_spent, access_user, rotation_asked, rotation_cause, "
    "rotation_at_once,"
    " credentials_since";
Result<Device> read_device(Query& row);
// Binds ?1 ... ?29: device_columns.
void bind_device(Query& query, const Device& device);
// The column `due`, which device_columns leaves out (Store::due).
std::optional<Timestamp> due_time(const Device& device);

inline constexpr std::string_view tenant_columns =
    "id, parent, slug, name, minimum_rating, window, grace, repeat_window, repeat_limit, settings, version,"
    " fallback, fallback_networks, rotate_every";
Result<RatedGroup> read_rated_group(Query& row);  // of group_ratings
Result<Tenant> read_tenant(Query& row);
// Binds from ?1: tenant_columns without the id.
void bind_tenant(Query& query, const Tenant& tenant);

inline constexpr std::string_view secret_columns =
    "mac, purpose, tenant, generation, suite, epoch, wrapped_key, commitment, nonce, ciphertext";
Result<StoredSecret> read_secret(Query& row);
void bind_secret(Query& query, const StoredSecret& secret);

// Without its digests, which lie among the secrets.
inline constexpr std::string_view credential_columns = "user, mac, generation, basic";
Result<AccessCredential> read_credential(Query& row);

inline constexpr std::string_view outbox_columns =
    "id, at, tenant, device, generation, line, user, realm, ha1_md5, ha1_sha256, withdraw, sent, state,"
    " fingerprint";
Status take_outbox_state(OutboxEntry& entry, const std::string& state);
// These columns, and `more` that follow them.
template <class... More>
Result<OutboxEntry> read_outbox_row(Query& row, More&... more) {
    OutboxEntry e;
    std::string state;
    PROVOST_CHECK(row.read(e.id, e.at, e.tenant, e.device, e.generation, e.line, e.user, e.realm, e.ha1_md5,
                           e.ha1_sha256, e.withdraw, e.sent, state, e.fingerprint, more...));
    PROVOST_CHECK(take_outbox_state(e, state));
    return e;
}
Result<OutboxEntry> read_outbox_entry(Query& row);

inline constexpr std::string_view delivery_columns =
    "id, at, device, generation, rule, key, source, transfer, ended, proof";
Result<DeliveryRecord> read_delivery(Query& row);

inline constexpr std::string_view event_columns =
    "id, at, kind, device, proved, tenant, vendor, source, rule, detail, method, path, user_agent, model, "
    "firmware,"
    " tls, status, bytes, micros, actor, proof";
Result<Event> read_event(Query& row);
Result<std::int64_t> insert_event(Database& database, const Event& event);

inline constexpr std::string_view trust_columns =
    "id, kind, vendor, anchor, profile, fingerprint, pem, reason, at, actor";
Result<TrustRecord> read_trust(Query& row);

inline constexpr std::string_view exception_columns =
    "id, tenant, site, vendor, model, device, rule, owner, reason, made, until, actor";
Result<HardeningException> read_exception(Query& row);

Result<Site> read_site(Query& row);                     // tenant, name, settings
Result<ModelSettings> read_model_settings(Query& row);  // tenant, vendor, model, settings

// Every row of a query through one of the functions above.
template <class Record>
Result<std::vector<Record>> read_all(Query query, Result<Record> (*read)(Query&)) {
    std::vector<Record> records;
    while (true) {
        PROVOST_TRY(const bool row, query.next());
        if (!row) return records;
        PROVOST_TRY(auto record, read(query));
        records.push_back(std::move(record));
    }
}

template <class Record>
Result<std::optional<Record>> read_one(Query query, Result<Record> (*read)(Query&)) {
    PROVOST_TRY(const bool row, query.next());
    if (!row) return std::nullopt;
    PROVOST_TRY(auto record, read(query));
    return record;
}

}  // namespace provost::sqlite
