// The step of the schema by which people sign in (migrations.cc).
#pragma once

namespace provost::sqlite {

// People who sign in, and what they prove themselves by: hashes and salts (service/people_store.h). A number
// names one person, session or token for ever.
inline constexpr const char* people_sign_in = R"sql(
CREATE TABLE people (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    tenant INTEGER,
    state TEXT NOT NULL,
    created INTEGER NOT NULL,
    version INTEGER NOT NULL,
    password TEXT NOT NULL DEFAULT '',
    pepper BLOB NOT NULL DEFAULT x'',
    totp BLOB NOT NULL DEFAULT x'',
    totp_new BLOB NOT NULL DEFAULT x'',
    totp_used INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE passkeys (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    credential BLOB NOT NULL UNIQUE,
    public_key BLOB NOT NULL,
    sign_count INTEGER NOT NULL,
    name TEXT NOT NULL,
    created INTEGER NOT NULL,
    used INTEGER
) STRICT;
CREATE INDEX passkeys_person ON passkeys (person);
CREATE TABLE recovery_codes (
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    PRIMARY KEY (person, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    hash BLOB NOT NULL UNIQUE,
    person INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    stage INTEGER NOT NULL,
    created INTEGER NOT NULL,
    used INTEGER NOT NULL,
    until INTEGER NOT NULL,
    proved INTEGER,
    how TEXT NOT NULL,
    source TEXT NOT NULL,
    agent TEXT NOT NULL,
    failures INTEGER NOT NULL
) STRICT;
CREATE INDEX sessions_person ON sessions (person);
CREATE TABLE api_tokens (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    handle TEXT NOT NULL UNIQUE,
    hash BLOB NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    tenant INTEGER,
    read_only INTEGER NOT NULL,
    sensitive INTEGER NOT NULL,
    owner INTEGER NOT NULL,
    creator TEXT NOT NULL,
    created INTEGER NOT NULL,
    until INTEGER NOT NULL,
    used INTEGER
) STRICT;
CREATE TABLE one_time_logins (
    person INTEGER PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
    hash BLOB NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT;
)sql";

}  // namespace provost::sqlite
