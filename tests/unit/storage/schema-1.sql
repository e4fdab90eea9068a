-- A database of schema 1, frozen: never edited, also when migrations.cc is.
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

INSERT INTO tenants VALUES (1, NULL, 'acme', 'Acme', 4, NULL, 3600000, NULL, NULL, '', 1);
INSERT INTO devices VALUES (91888812033, 1, '', 'yealink', 'T54W', 'purge', '', 'armed', 2, 1800000000000, NULL, 0,
    NULL, NULL, NULL, '', NULL, '', 1, 1800000000000);
INSERT INTO events VALUES (1, 1800000000000, 'visit', 91888812033, 1, 1, 'yealink', '192.0.2.1', 'resync', 0, 'kept',
    'GET', '/001565000001.cfg', 'agent', 'TLSv1.3', 200, 100, 50, '');
PRAGMA application_id = 1347573332;
PRAGMA user_version = 1;
PRAGMA journal_mode = WAL;
