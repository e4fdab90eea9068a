-- OpenSIPS' tables as 3.6 and 4.0 have them, subscriber (version 8) and location (1013): all columns and keys.
CREATE TABLE subscriber (
    id SERIAL PRIMARY KEY,
    username VARCHAR(64) NOT NULL DEFAULT '',
    domain VARCHAR(64) NOT NULL DEFAULT '',
    password VARCHAR(25) NOT NULL DEFAULT '',
    ha1 VARCHAR(64) NOT NULL DEFAULT '',
    ha1_sha256 VARCHAR(64) NOT NULL DEFAULT '',
    ha1_sha512t256 VARCHAR(64) NOT NULL DEFAULT '',
    UNIQUE (username, domain)
);
CREATE TABLE location (
    contact_id BIGSERIAL PRIMARY KEY,
    username VARCHAR(64) NOT NULL DEFAULT '',
    domain VARCHAR(64),
    contact TEXT NOT NULL,
    received VARCHAR(255),
    path VARCHAR(255),
    expires INTEGER NOT NULL,
    q REAL NOT NULL DEFAULT 1.0,
    callid VARCHAR(255) NOT NULL DEFAULT 'Default-Call-ID',
    cseq INTEGER NOT NULL DEFAULT 13,
    last_modified TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT '1900-01-01 00:00:01',
    flags INTEGER NOT NULL DEFAULT 0,
    cflags VARCHAR(255),
    user_agent VARCHAR(255) NOT NULL DEFAULT '',
    socket VARCHAR(64),
    methods INTEGER,
    sip_instance VARCHAR(255),
    kv_store TEXT,
    attr VARCHAR(255)
);
