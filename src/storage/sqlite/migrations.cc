#include "storage/sqlite/migrations.h"

#include "storage/sqlite/backup.h"
#include "storage/sqlite/care_schema.h"
#include "storage/sqlite/fleet_schema.h"
#include "storage/sqlite/import_schema.h"
#include "storage/sqlite/people_schema.h"

#include <array>
#include <string>

namespace provost::sqlite {

namespace {

constexpr std::int64_t application_id = 0x50525654;  // "PRVT": tells our files from other programs'

// A step is never changed once it was released; a later one mends it.
constexpr const char* first_schema = R"sql(
CREATE TABLE tenants (
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES tenants (id),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    minimum_rating INTEGER, window INTEGER, grace INTEGER, repeat_window INTEGER, repeat_limit INTEGER,
    settings TEXT NOT NULL,
    version INTEGER NOT NULL
) STRICT;
CREATE INDEX tenants_parent ON tenants (parent);

CREATE TABLE sites (
    tenant INTEGER NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (tenant, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_settings (
    tenant INTEGER NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    settings TEXT NOT NULL,
    PRIMARY KEY (tenant, vendor, model)
) STRICT, WITHOUT ROWID;

-- The MAC is the row's own key: one descent finds a phone, however many there are.
CREATE TABLE devices (
    mac INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenants (id),
    site TEXT NOT NULL,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    secret_mode TEXT NOT NULL,
    settings TEXT NOT NULL,
    state TEXT NOT NULL,
    generation INTEGER NOT NULL,
    armed_until INTEGER,
    delivering_since INTEGER,
    delivery_attempts INTEGER NOT NULL,
    grace_until INTEGER,
    pinned_key BLOB,
    held_key BLOB,
    firmware TEXT NOT NULL,
    last_seen INTEGER,
    last_source TEXT NOT NULL,
    version INTEGER NOT NULL,
    due INTEGER
) STRICT;
CREATE INDEX devices_tenant ON devices (tenant);
CREATE INDEX devices_state ON devices (state);
CREATE INDEX devices_due ON devices (due) WHERE due IS NOT NULL;

CREATE TABLE secrets (
    id INTEGER PRIMARY KEY,
    mac INTEGER NOT NULL REFERENCES devices (mac),
    purpose TEXT NOT NULL,
    tenant INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    suite INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    wrapped_key BLOB NOT NULL,
    commitment BLOB NOT NULL,
    nonce BLOB NOT NULL,
    ciphertext BLOB NOT NULL,
    UNIQUE (mac, purpose)
) STRICT;
CREATE INDEX secrets_epoch ON secrets (epoch);

CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    device INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    line TEXT NOT NULL,
    user TEXT NOT NULL,
    realm TEXT NOT NULL,
    ha1_md5 TEXT NOT NULL,
    ha1_sha256 TEXT NOT NULL,
    withdraw INTEGER NOT NULL,
    sent INTEGER
) STRICT;
CREATE INDEX outbox_unsent ON outbox (id) WHERE sent IS NULL;

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    device INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    rule TEXT NOT NULL,
    key BLOB NOT NULL,
    source TEXT NOT NULL,
    transfer INTEGER NOT NULL,
    ended INTEGER
) STRICT;
CREATE INDEX deliveries_device ON deliveries (device);

CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    device INTEGER,
    proved INTEGER NOT NULL,
    tenant INTEGER NOT NULL,
    vendor TEXT NOT NULL,
    source TEXT NOT NULL,
    rule TEXT NOT NULL,
    refused INTEGER NOT NULL,
    detail TEXT NOT NULL,
    method TEXT NOT NULL,
    path TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    tls TEXT NOT NULL,
    status INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    micros INTEGER NOT NULL,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX events_device ON events (device) WHERE device IS NOT NULL;
CREATE INDEX events_refused ON events (refused) WHERE refused = 1;

CREATE TABLE trust (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    vendor TEXT NOT NULL,
    anchor TEXT NOT NULL,
    profile TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    pem TEXT NOT NULL,
    reason TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL
) STRICT;

CREATE TABLE notes (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// What a visit said of the phone's model and firmware.
constexpr const char* events_tell_the_firmware = R"sql(
ALTER TABLE events ADD COLUMN firmware TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN model TEXT NOT NULL DEFAULT '';
)sql";

// Where a rule of the hardening profile does not hold, and who answers for it.
constexpr const char* hardening_has_exceptions = R"sql(
CREATE TABLE exceptions (
    id INTEGER PRIMARY KEY,
    tenant INTEGER NOT NULL REFERENCES tenants (id) ON DELETE CASCADE,
    site TEXT NOT NULL,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    device INTEGER,
    rule TEXT NOT NULL,
    owner TEXT NOT NULL,
    reason TEXT NOT NULL,
    made INTEGER NOT NULL,
    until INTEGER,
    actor TEXT NOT NULL
) STRICT;
CREATE INDEX exceptions_tenant ON exceptions (tenant);
CREATE INDEX exceptions_device ON exceptions (device) WHERE device IS NOT NULL;
)sql";

// Devices without a certificate: what they prove themselves by, and where a tenant lets them come from.
constexpr const char* devices_without_certificates = R"sql(
ALTER TABLE tenants ADD COLUMN fallback TEXT;
ALTER TABLE tenants ADD COLUMN fallback_networks TEXT;

ALTER TABLE devices ADD COLUMN access TEXT NOT NULL DEFAULT 'certificate';
ALTER TABLE devices ADD COLUMN access_user TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN token BLOB;
ALTER TABLE devices ADD COLUMN token_until INTEGER;
ALTER TABLE devices ADD COLUMN token_networks TEXT;
ALTER TABLE devices ADD COLUMN token_spent INTEGER;
CREATE UNIQUE INDEX devices_token ON devices (token) WHERE token IS NOT NULL;

CREATE TABLE credentials (
    user TEXT NOT NULL PRIMARY KEY,
    mac INTEGER NOT NULL REFERENCES devices (mac),
    generation INTEGER NOT NULL,
    basic BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX credentials_mac ON credentials (mac);

ALTER TABLE deliveries ADD COLUMN proof TEXT NOT NULL DEFAULT 'certificate';
ALTER TABLE events ADD COLUMN proof TEXT NOT NULL DEFAULT '';
)sql";

// What a phone last got, without secrets and compressed; its digest tells an unchanged one without reading
// it.
constexpr const char* phones_have_pictures = R"sql(
CREATE TABLE fetched (
    mac INTEGER PRIMARY KEY REFERENCES devices (mac),
    at INTEGER NOT NULL,
    digest BLOB NOT NULL,
    vendor TEXT NOT NULL,
    model TEXT NOT NULL,
    firmware TEXT NOT NULL,
    with_secrets INTEGER NOT NULL,
    size INTEGER NOT NULL,
    parameters BLOB NOT NULL
) STRICT;
)sql";

// How each device was rated when it last proved itself.
constexpr const char* devices_have_ratings = R"sql(
CREATE TABLE device_ratings (
    mac INTEGER PRIMARY KEY REFERENCES devices (mac) ON DELETE CASCADE,
    stars INTEGER NOT NULL,
    reason TEXT NOT NULL,
    remedy TEXT NOT NULL,
    since INTEGER NOT NULL
) STRICT;
)sql";

// What may never be changed or pruned: each entry linked to the one before it (docs/decisions/0009).
constexpr const char* there_is_an_audit_trail = R"sql(
CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    step INTEGER NOT NULL,
    at INTEGER NOT NULL,
    uptime INTEGER NOT NULL,
    kind TEXT NOT NULL,
    device INTEGER,
    tenant INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    proof TEXT NOT NULL,
    fingerprint BLOB,
    source TEXT NOT NULL,
    outcome TEXT NOT NULL,
    actor TEXT NOT NULL,
    detail TEXT NOT NULL,
    link BLOB NOT NULL,
    mac BLOB NOT NULL
) STRICT;
)sql";

// Networks that are kept out for a time. AUTOINCREMENT: a number names one ban for ever.
constexpr const char* networks_are_banned = R"sql(
CREATE TABLE bans (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    network TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    evidence TEXT NOT NULL,
    level INTEGER NOT NULL,
    made INTEGER NOT NULL,
    until INTEGER,
    actor TEXT NOT NULL
) STRICT;
)sql";

// Where registered devices were served, for the guard after a restart. It does not tell which devices.
constexpr const char* sources_are_known = R"sql(
CREATE TABLE known_sources (
    address TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX known_sources_at ON known_sources (at);
)sql";

// What each registrar was told, and what of it waits. An account's entries are told in their order: those
// that are due later are never before earlier ones.
constexpr const char* registrars_are_told = R"sql(
ALTER TABLE outbox ADD COLUMN state TEXT NOT NULL DEFAULT 'due';
ALTER TABLE outbox ADD COLUMN fingerprint BLOB;
DROP INDEX outbox_unsent;
CREATE INDEX outbox_open ON outbox (id) WHERE sent IS NULL AND state <> 'void';
CREATE INDEX outbox_device ON outbox (device);
CREATE INDEX outbox_held ON outbox (device) WHERE state = 'held';
CREATE INDEX outbox_account ON outbox (user, realm, id);

CREATE TABLE registrar_queue (
    registrar TEXT NOT NULL,
    entry INTEGER NOT NULL REFERENCES outbox (id) ON DELETE CASCADE,
    account_user TEXT NOT NULL,
    account_realm TEXT NOT NULL,
    due INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    trouble TEXT NOT NULL,
    told INTEGER,
    PRIMARY KEY (registrar, entry)
) STRICT, WITHOUT ROWID;
CREATE INDEX registrar_queue_due ON registrar_queue (registrar, due, entry) WHERE told IS NULL;
CREATE INDEX registrar_queue_account ON registrar_queue (registrar, account_user, account_realm) WHERE told IS NULL;
CREATE INDEX registrar_queue_entry ON registrar_queue (entry);

ALTER TABLE devices ADD COLUMN rotation_asked INTEGER;
ALTER TABLE devices ADD COLUMN rotation_cause TEXT NOT NULL DEFAULT '';
ALTER TABLE devices ADD COLUMN rotation_at_once INTEGER NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN credentials_since INTEGER;
CREATE INDEX devices_not_rotated ON devices (mac) WHERE rotation_asked IS NOT NULL;
ALTER TABLE tenants ADD COLUMN rotate_every INTEGER;
)sql";

// A phone's web interface is open to one person for some minutes. AUTOINCREMENT: a password is bound to its
// window's number.
constexpr const char* windows_are_opened = R"sql(
CREATE TABLE diagnostic_windows (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    device INTEGER NOT NULL UNIQUE REFERENCES devices (mac) ON DELETE CASCADE,
    person TEXT NOT NULL,
    reason TEXT NOT NULL,
    opened INTEGER NOT NULL,
    until INTEGER NOT NULL,
    ended INTEGER,
    taken INTEGER,
    exposed INTEGER NOT NULL,
    opened_by INTEGER NOT NULL,
    closed_by INTEGER NOT NULL
) STRICT;
CREATE INDEX diagnostic_windows_due ON diagnostic_windows (until) WHERE ended IS NULL;
)sql";

const std::array steps = {
    first_schema,         events_tell_the_firmware, hardening_has_exceptions, devices_without_certificates,
    phones_have_pictures, devices_have_ratings,     there_is_an_audit_trail,  networks_are_banned,
    sources_are_known,    registrars_are_told,      people_sign_in,           fleet_schema(),
    windows_are_opened,   imports_are_undone,       devices_are_cared_for};  // step i leads to schema i + 1

Error refused(const std::filesystem::path& file, std::string why, std::string fix) {
    return {"P-6031", "the database can't be brought to this program's schema", file.string(), std::move(why),
            std::move(fix)};
}

Status check_owner(Database& database, const std::filesystem::path& file, std::int64_t version) {
    PROVOST_TRY(const auto tables, database.number("SELECT count(*) FROM sqlite_schema"));
    if (tables == 0 && version == 0) return {};
    PROVOST_TRY(const auto owner, database.number("PRAGMA application_id"));
    if (owner == application_id) return {};
    return fail(refused(file, "it was made by another program", "Name another file in the configuration"));
}

Status take_step(Database& database, std::size_t step) {
    const std::string marks = "PRAGMA application_id = " + std::to_string(application_id) +
                              "; PRAGMA user_version = " + std::to_string(step + 1);
    return database.transact([&]() -> Status {
        PROVOST_CHECK(database.script(steps[step]));
        return database.script(marks.c_str());
    });
}

}  // namespace

int schema_version() {
    return static_cast<int>(steps.size());
}

Status migrate(Database& database, const std::filesystem::path& file) {
    PROVOST_TRY(const auto version, database.number("PRAGMA user_version"));
    PROVOST_CHECK(check_owner(database, file, version));
    if (version > schema_version())
        return fail({"P-6030",
                     "the database was written by a newer Provost: its schema is " + std::to_string(version) +
                         ", this program knows up to " + std::to_string(schema_version()),
                     file.string(), "going back could lose what only the newer one understands",
                     "Install the newer Provost again, or restore a backup that this one made"});
    if (version == schema_version()) return fill_fleet_words(database);
    if (version > 0) {
        const auto copy = file.string() + ".schema-" + std::to_string(version);
        std::error_code ignored;
        std::filesystem::remove(copy, ignored);  // of an earlier attempt that did not get through
        PROVOST_CHECK(copy_database(database, copy));
    }
    for (auto step = static_cast<std::size_t>(version); step < steps.size(); ++step)
        if (const auto done = take_step(database, step); !done)
            return fail(refused(file, "step " + std::to_string(step + 1) + ": " + done.error().why,
                                "The database is as the last whole step left it; " + done.error().fix));
    return fill_fleet_words(database);
}

}  // namespace provost::sqlite
