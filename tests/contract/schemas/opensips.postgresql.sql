-- OpenSIPS' tables by the facts of its subscriber version 8 and location version 1013.
CREATE TABLE subscriber (
    id SERIAL PRIMARY KEY,
    username CHAR(64) NOT NULL DEFAULT '',
    domain CHAR(64) NOT NULL DEFAULT '',
    password CHAR(25) NOT NULL DEFAULT '',
    ha1 CHAR(64) NOT NULL DEFAULT '',
    ha1_sha256 CHAR(64) NOT NULL DEFAULT '',
    ha1_sha512t256 CHAR(64) NOT NULL DEFAULT '',
    UNIQUE (username, domain)
);
CREATE TABLE location (
    contact_id BIGSERIAL PRIMARY KEY,
    username CHAR(64) NOT NULL DEFAULT '',
    domain CHAR(64),
    contact TEXT NOT NULL,
    received CHAR(255),
    expires INTEGER NOT NULL,
    callid CHAR(255) NOT NULL DEFAULT '',
    last_modified TIMESTAMP WITHOUT TIME ZONE NOT NULL DEFAULT '1900-01-01 00:00:01',
    user_agent CHAR(255) NOT NULL DEFAULT ''
);
