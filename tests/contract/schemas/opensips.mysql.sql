-- OpenSIPS' tables as 3.2 to 3.5 have them, subscriber (version 8) and location (1013): all columns and keys. Later ones have no
-- email_address and no rpid any more, as the file for PostgreSQL.
CREATE TABLE subscriber (
    id INTEGER UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    username CHAR(64) NOT NULL DEFAULT '',
    domain CHAR(64) NOT NULL DEFAULT '',
    password CHAR(25) NOT NULL DEFAULT '',
    email_address CHAR(64) NOT NULL DEFAULT '',
    ha1 CHAR(64) NOT NULL DEFAULT '',
    ha1_sha256 CHAR(64) NOT NULL DEFAULT '',
    ha1_sha512t256 CHAR(64) NOT NULL DEFAULT '',
    rpid CHAR(64),
    UNIQUE (username, domain),
    INDEX (username)
) ENGINE=InnoDB;
CREATE TABLE location (
    contact_id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
    username CHAR(64) NOT NULL DEFAULT '',
    domain CHAR(64),
    contact TEXT NOT NULL,
    received CHAR(255),
    path CHAR(255),
    expires INTEGER UNSIGNED NOT NULL,
    q FLOAT(10,2) NOT NULL DEFAULT 1.0,
    callid CHAR(255) NOT NULL DEFAULT 'Default-Call-ID',
    cseq INTEGER NOT NULL DEFAULT 13,
    last_modified DATETIME NOT NULL DEFAULT '1900-01-01 00:00:01',
    flags INTEGER NOT NULL DEFAULT 0,
    cflags CHAR(255),
    user_agent CHAR(255) NOT NULL DEFAULT '',
    socket CHAR(64),
    methods INTEGER,
    sip_instance CHAR(255),
    kv_store TEXT,
    attr CHAR(255)
) ENGINE=InnoDB;
