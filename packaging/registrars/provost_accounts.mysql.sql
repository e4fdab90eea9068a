-- Which accounts of this registrar are Provost's: what is not listed here it leaves alone.
-- Run once, as the owner of the registrar's database. Grants: docs/how-to/connect-a-registrar.md.
CREATE TABLE provost_accounts (
    username VARCHAR(64) NOT NULL,
    realm VARCHAR(64) NOT NULL,
    made SMALLINT NOT NULL,
    PRIMARY KEY (username, realm)
) ENGINE=InnoDB CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
