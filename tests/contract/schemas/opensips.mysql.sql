-- OpenSIPS' tables by the facts of its subscriber version 8 and location version 1013.
CREATE TABLE subscriber (
    id INT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    username CHAR(64) NOT NULL DEFAULT '',
    domain CHAR(64) NOT NULL DEFAULT '',
    password CHAR(25) NOT NULL DEFAULT '',
    ha1 CHAR(64) NOT NULL DEFAULT '',
    ha1_sha256 CHAR(64) NOT NULL DEFAULT '',
    ha1_sha512t256 CHAR(64) NOT NULL DEFAULT '',
    UNIQUE (username, domain)
) ENGINE=InnoDB;
CREATE TABLE location (
    contact_id BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY,
    username CHAR(64) NOT NULL DEFAULT '',
    domain CHAR(64),
    contact TEXT NOT NULL,
    received CHAR(255),
    expires INT UNSIGNED NOT NULL,
    callid CHAR(255) NOT NULL DEFAULT '',
    last_modified DATETIME NOT NULL DEFAULT '1900-01-01 00:00:01',
    user_agent CHAR(255) NOT NULL DEFAULT ''
) ENGINE=InnoDB;
