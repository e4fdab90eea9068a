-- Which accounts of this registrar are Provost's: what is not listed here it leaves alone.
-- Run once: sqlite3 FILE < provost_accounts.sqlite.sql
CREATE TABLE provost_accounts (
    username TEXT NOT NULL,
    realm TEXT NOT NULL,
    made INTEGER NOT NULL,
    PRIMARY KEY (username, realm)
);
