#include "storage/sqlite/transaction.h"

#include "service/search_terms.h"
#include "storage/sqlite/bans.h"
#include "storage/sqlite/fetched.h"
#include "storage/sqlite/fleet_schema.h"
#include "storage/sqlite/reads.h"
#include "storage/sqlite/rows.h"
#include "storage/sqlite/tallies.h"

namespace provost::sqlite {

namespace {

// What SQLite's refusal of a row means for the caller; everything else passes as it is.
struct Meaning {
    int code;
    Error error;
};
Status run(Query query, std::initializer_list<Meaning> meanings) {
    auto done = query.run();
    if (done) return done;
    for (const auto& [code, error] : meanings)
        if (query.code() == code) return fail(error);
    return done;
}

Error no_tenant(TenantId id) {
    return {"P-6004", "there is no tenant " + std::to_string(id), "", "", "Create the tenant first"};
}

Error slug_taken(const Tenant& tenant) {
    return {"P-6002", "there is a tenant '" + tenant.slug + "' already", "", "", "Choose another short name"};
}

}  // namespace

Status SqliteTransaction::change_one(Query query, const char* what) {
    PROVOST_CHECK(query.run());
    if (database_.changes() != 0) return {};
    return fail({"P-6005", std::string("there is no such ") + what, "", "", "See the list of what is there"});
}

SqliteTransaction::Indexed SqliteTransaction::indexed(const Device& device) {
    return {device.mac, device.tenant, device.state, due_time(device),
            device.token ? std::optional(device.token->hash) : std::nullopt};
}

Result<std::optional<Device>> SqliteTransaction::device(MacAddress mac) {
    PROVOST_TRY(auto found, find_device(database_, mac));
    if (found) read_ = indexed(*found);
    if (found) read_words_ = words_of(*found);
    return found;
}

Status SqliteTransaction::insert_device(const Device& device) {
    static const std::string sql =
        std::string("INSERT INTO devices (").append(device_columns) +
        ", due) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
        " ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30)";
    auto query = database_.query(sql);
    bind_device(query, device);
    query.bind(due_time(device));
    const Error taken = {"P-6001", "there is a device " + device.mac.lower() + " already", "", "",
                         "Change that one, or delete it first"};
    PROVOST_CHECK(run(std::move(query), {{SQLITE_CONSTRAINT_PRIMARYKEY, taken},
                                         {SQLITE_CONSTRAINT_FOREIGNKEY, no_tenant(device.tenant)}}));
    return write_fleet_words(database_, device);
}

// An index is written anew for every column that SET names, whether it changes or not.
Status SqliteTransaction::update_device(const Device& device) {
    static const std::string unindexed =
        "UPDATE devices SET site = ?3, vendor = ?4, model = ?5, secret_mode = ?6, settings = ?7,"
        " generation = ?9, armed_until = ?10, delivering_since = ?11, delivery_attempts = ?12,"
        " grace_until = ?13, pinned_key = ?14, held_key = ?15, firmware = ?16, last_seen = ?17,"
        " last_source = ?18, version = ?19, access = ?20, token_until = ?22, token_networks = ?23,"
        " token_spent = ?24, access_user = ?25, rotation_asked = ?26, rotation_cause = ?27,"
        " rotation_at_once = ?28, credentials_since = ?29";
    static const std::string short_sql = unindexed + " WHERE mac = ?1";
    static const std::string whole_sql =
        unindexed + ", tenant = ?2, state = ?8, token = ?21, due = ?30 WHERE mac = ?1";
    const auto after = indexed(device);
    const bool same = read_ == after;
    const bool known = read_ && read_->mac == device.mac && read_->tenant == device.tenant;
    auto words = words_of(device);
    const bool same_words = known && words == read_words_;
    auto query = database_.query(same ? short_sql : whole_sql);
    bind_device(query, device);
    if (!same) query.bind(due_time(device));
    read_ = after;
    read_words_ = std::move(words);
    PROVOST_CHECK(change_one(std::move(query), "device"));
    return same_words ? Status() : write_fleet_words(database_, device);
}

Status SqliteTransaction::delete_device(MacAddress mac) {
    PROVOST_CHECK(destroy_secrets(mac));
    PROVOST_CHECK(destroy_all(mac, SecretsOf::registrar));
    PROVOST_CHECK(destroy_all(mac, SecretsOf::window));
    PROVOST_CHECK(drop_all_credentials(mac));
    PROVOST_CHECK(database_.run("DELETE FROM exceptions WHERE device = ?1", mac));
    PROVOST_CHECK(database_.run("DELETE FROM fetched WHERE mac = ?1", mac));
    PROVOST_CHECK(mark_images_gone(database_, mac));
    return change_one(database_.query("DELETE FROM devices WHERE mac = ?1", mac), "device");
}

Result<std::optional<Tenant>> SqliteTransaction::tenant(TenantId id) {
    static const std::string sql =
        std::string("SELECT ").append(tenant_columns) + " FROM tenants WHERE id = ?1";
    return read_one(database_.query(sql, id), read_tenant);
}

// A number names one tenant for ever: events, the audit trail and what people were let in to go by it.
Result<TenantId> SqliteTransaction::insert_tenant(const Tenant& tenant) {
    auto query = database_.query(
        "INSERT INTO tenants (id, parent, slug, name, minimum_rating, window, grace, repeat_window,"
        " repeat_limit, settings, version, fallback, fallback_networks, rotate_every)"
        " VALUES (1 + MAX((SELECT COALESCE(MAX(id), 0) FROM tenants),"
        " COALESCE((SELECT CAST(value AS INTEGER) FROM notes WHERE name = 'tenants.last'), 0)),"
        " ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)");
    bind_tenant(query, tenant);
    PROVOST_CHECK(
        run(std::move(query), {{SQLITE_CONSTRAINT_UNIQUE, slug_taken(tenant)},
                               {SQLITE_CONSTRAINT_FOREIGNKEY, no_tenant(tenant.parent.value_or(0))}}));
    return database_.last_id();
}

Status SqliteTransaction::update_tenant(const Tenant& tenant) {
    auto query = database_.query(
        "UPDATE tenants SET parent = ?1, slug = ?2, name = ?3, minimum_rating = ?4, window = ?5, grace = ?6,"
        " repeat_window = ?7, repeat_limit = ?8, settings = ?9, version = ?10, fallback = ?11,"
        " fallback_networks = ?12, rotate_every = ?13 WHERE id = ?14");
    bind_tenant(query, tenant);
    query.bind(tenant.id);
    PROVOST_CHECK(
        run(std::move(query), {{SQLITE_CONSTRAINT_UNIQUE, slug_taken(tenant)},
                               {SQLITE_CONSTRAINT_FOREIGNKEY, no_tenant(tenant.parent.value_or(0))}}));
    if (database_.changes() == 0) return fail(no_tenant(tenant.id));
    return {};
}

Status SqliteTransaction::delete_tenant(TenantId id) {
    const Error in_use = {"P-6003", "the tenant still has devices, people, tokens or tenants below it", "",
                          "", "Move or delete those first"};
    auto bound = database_.query(
        "SELECT 1 FROM people WHERE tenant = ?1 UNION ALL SELECT 1 FROM api_tokens WHERE tenant = ?1 LIMIT 1",
        id);
    PROVOST_TRY(const bool is_bound, bound.next());
    if (is_bound) return fail(in_use);
    PROVOST_CHECK(
        database_.run("INSERT INTO notes VALUES ('tenants.last', ?1) ON CONFLICT DO UPDATE"
                      " SET value = MAX(CAST(value AS INTEGER), ?1)",
                      id));
    PROVOST_CHECK(run(database_.query("DELETE FROM tenants WHERE id = ?1", id),
                      {{SQLITE_CONSTRAINT_FOREIGNKEY, in_use}}));
    if (database_.changes() == 0) return fail(no_tenant(id));
    return forget_tallies(database_, id);
}

Status SqliteTransaction::put_site(const Site& site) {
    return run(database_.query("INSERT INTO sites (tenant, name, settings) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT DO UPDATE SET settings = ?3",
                               site.tenant, site.name, format_layer(site.settings, site.raw)),
               {{SQLITE_CONSTRAINT_FOREIGNKEY, no_tenant(site.tenant)}});
}

Status SqliteTransaction::put_model_settings(const ModelSettings& model) {
    return run(
        database_.query("INSERT INTO model_settings (tenant, vendor, model, settings) VALUES (?1, ?2, ?3, ?4)"
                        " ON CONFLICT DO UPDATE SET settings = ?4",
                        model.tenant, model.vendor, model.model, format_layer(model.settings, model.raw)),
        {{SQLITE_CONSTRAINT_FOREIGNKEY, no_tenant(model.tenant)}});
}

Status SqliteTransaction::put_secret(const StoredSecret& secret) {
    auto replace = database_.query(
        "UPDATE secrets SET tenant = ?3, generation = ?4, suite = ?5, epoch = ?6, wrapped_key = ?7, "
        "commitment = ?8,"
        " nonce = ?9, ciphertext = ?10 WHERE mac = ?1 AND purpose = ?2");
    bind_secret(replace, secret);
    PROVOST_CHECK(replace.run());
    if (database_.changes() != 0) {
        destroyed_ = true;
        return {};
    }
    auto insert = database_.query(
        "INSERT INTO secrets (mac, purpose, tenant, generation, suite, epoch, wrapped_key, commitment, nonce,"
        " ciphertext) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    bind_secret(insert, secret);
    return run(std::move(insert), {{SQLITE_CONSTRAINT_FOREIGNKEY,
                                    {"P-6005", "there is no such device", secret.binding.device.lower()}}});
}

Result<std::vector<StoredSecret>> SqliteTransaction::secrets(MacAddress mac) {
    return list_secrets(database_, mac);
}

Status SqliteTransaction::destroy_one(std::int64_t id) {
    PROVOST_CHECK(database_.run(
        "UPDATE secrets SET wrapped_key = zeroblob(length(wrapped_key)), commitment = "
        "zeroblob(length(commitment)),"
        " nonce = zeroblob(length(nonce)), ciphertext = zeroblob(length(ciphertext)) WHERE id = ?1",
        id));
    destroyed_ = true;
    ++purged_;
    return database_.run("DELETE FROM secrets WHERE id = ?1", id);
}

Status SqliteTransaction::destroy_all(MacAddress mac, SecretsOf whom) {
    PROVOST_TRY(const auto ids, list_secret_ids(database_, mac, whom));
    for (const auto& [id, generation] : ids) PROVOST_CHECK(destroy_one(id));
    return {};
}

Status SqliteTransaction::destroy_secrets(MacAddress mac) {
    return destroy_all(mac, SecretsOf::phone);
}

Status SqliteTransaction::destroy_secret(MacAddress mac, const std::string& purpose) {
    auto query = database_.query("SELECT id FROM secrets WHERE mac = ?1 AND purpose = ?2", mac, purpose);
    const auto found = read_one(
        std::move(query), +[](Query& row) -> Result<std::int64_t> {
            std::int64_t id = 0;
            PROVOST_CHECK(row.read(id));
            return id;
        });
    if (!found) return fail(found.error());
    return *found ? destroy_one(**found) : Status();
}

Result<std::vector<StoredSecret>> SqliteTransaction::secrets_of_epoch(std::int64_t epoch, std::size_t limit) {
    static const std::string sql =
        std::string("SELECT ").append(secret_columns) + " FROM secrets WHERE epoch = ?1 ORDER BY id LIMIT ?2";
    return read_all(database_.query(sql, epoch, limit), read_secret);
}

Status SqliteTransaction::put_credential(const AccessCredential& credential) {
    const Error taken = {"P-6007", "there is such a user name already", "", "", "Try again"};
    PROVOST_CHECK(run(
        database_.query("INSERT INTO credentials (user, mac, generation, basic) VALUES (?1, ?2, ?3, ?4)",
                        credential.user, credential.device, credential.generation, credential.basic),
        {{SQLITE_CONSTRAINT_PRIMARYKEY, taken},
         {SQLITE_CONSTRAINT_FOREIGNKEY, {"P-6005", "there is no such device", credential.device.lower()}}}));
    for (const auto& digest : credential.digests) PROVOST_CHECK(put_secret(digest));
    return {};
}

Result<std::optional<AccessCredential>> SqliteTransaction::credential(const std::string& user) {
    return find_credential(database_, user);
}

Status SqliteTransaction::drop_credentials(MacAddress mac, std::int64_t from, std::int64_t below) {
    PROVOST_TRY(const auto ids, list_secret_ids(database_, mac, SecretsOf::credentials));
    for (const auto& [id, generation] : ids)
        if (generation >= from && generation < below) PROVOST_CHECK(destroy_one(id));
    return database_.run("DELETE FROM credentials WHERE mac = ?1 AND generation >= ?2 AND generation < ?3",
                         mac, from, below);
}

Result<std::int64_t> SqliteTransaction::put_outbox(const OutboxEntry& e) {
    const std::optional<std::int64_t> id = e.id == 0 ? std::nullopt : std::optional(e.id);
    if (id) destroyed_ = true;  // digests sent or withdrawn may be blanked in it
    static const std::string sql =
        std::string("INSERT INTO outbox (").append(outbox_columns) +
        ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT DO UPDATE SET"
        " at = ?2, tenant = ?3, device = ?4, generation = ?5, line = ?6, user = ?7, realm = ?8, ha1_md5 = ?9,"
        " ha1_sha256 = ?10, withdraw = ?11, sent = ?12, state = ?13, fingerprint = ?14";
    PROVOST_CHECK(database_.run(sql, id, e.at, e.tenant, e.device, e.generation, e.line, e.user, e.realm,
                                e.ha1_md5, e.ha1_sha256, e.withdraw, e.sent, to_text(e.state),
                                e.fingerprint));
    return id ? *id : database_.last_id();
}

Result<std::int64_t> SqliteTransaction::insert_delivery(const DeliveryRecord& d) {
    PROVOST_CHECK(database_.run(
        "INSERT INTO deliveries (at, device, generation, rule, key, source, transfer, ended, proof)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        d.at, d.device, d.generation, to_text(d.rule), d.key, d.source, static_cast<int>(d.transfer), d.ended,
        to_text(d.proof)));
    return database_.last_id();
}

Result<std::optional<DeliveryRecord>> SqliteTransaction::delivery(std::int64_t id) {
    static const std::string sql =
        std::string("SELECT ").append(delivery_columns) + " FROM deliveries WHERE id = ?1";
    return read_one(database_.query(sql, id), read_delivery);
}

Status SqliteTransaction::end_delivery(std::int64_t id, Transfer transfer, Timestamp at) {
    return change_one(database_.query("UPDATE deliveries SET transfer = ?2, ended = ?3 WHERE id = ?1", id,
                                      static_cast<int>(transfer), at),
                      "delivery");
}

Result<std::int64_t> SqliteTransaction::insert_event(const Event& event) {
    AuditEntry entry;
    entry.at = event.at;
    entry.kind = event.kind;
    entry.device = event.device;
    entry.tenant = event.tenant;
    entry.source = event.source;
    entry.outcome = "done";
    entry.actor = event.actor;
    entry.detail = event.detail;
    PROVOST_CHECK(trail_.append(std::move(entry)));
    return sqlite::insert_event(database_, event);
}

Result<std::int64_t> SqliteTransaction::insert_exception(const HardeningException& e) {
    PROVOST_CHECK(run(
        database_.query("INSERT INTO exceptions (tenant, site, vendor, model, device, rule, owner, reason,"
                        " made, until, actor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                        e.tenant, e.site, e.vendor, e.model, e.device, e.rule, e.owner, e.reason, e.made,
                        e.until, e.actor),
        {{SQLITE_CONSTRAINT_FOREIGNKEY, no_tenant(e.tenant)}}));
    return database_.last_id();
}

Status SqliteTransaction::delete_exception(std::int64_t id) {
    return change_one(database_.query("DELETE FROM exceptions WHERE id = ?1", id), "exception");
}

Result<std::optional<Ban>> SqliteTransaction::ban(const Network& network) {
    return find_ban(database_, network);
}

Result<std::int64_t> SqliteTransaction::put_ban(const Ban& ban) {
    return write_ban(database_, ban);
}

Status SqliteTransaction::delete_ban(std::int64_t id) {
    return change_one(database_.query("DELETE FROM bans WHERE id = ?1", id), "ban");
}

Status SqliteTransaction::drop_bans(Timestamp before) {
    return database_.run("DELETE FROM bans WHERE until < ?1", before);
}

Result<std::int64_t> SqliteTransaction::insert_trust(const TrustRecord& t) {
    PROVOST_CHECK(
        database_.run("INSERT INTO trust (kind, vendor, anchor, profile, fingerprint, pem, reason, at, actor)"
                      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                      t.kind, t.vendor, t.anchor, t.profile, t.fingerprint, t.pem, t.reason, t.at, t.actor));
    return database_.last_id();
}

Status SqliteTransaction::delete_trust(std::int64_t id) {
    return change_one(database_.query("DELETE FROM trust WHERE id = ?1", id), "entry of the trust list");
}

Status SqliteTransaction::put_fetched(const FetchedPicture& picture) {
    return write_fetched(database_, picture);
}

Status SqliteTransaction::note_fleet(Timestamp now) {
    return tally_states(database_, now);
}

Result<std::string> SqliteTransaction::note(const std::string& name) {
    return find_note(database_, name);
}

Status SqliteTransaction::put_note(const std::string& name, const std::string& value) {
    return database_.run("INSERT INTO notes VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2", name,
                         value);
}

}  // namespace provost::sqlite
