-- The columns of Asterisk's PJSIP tables that matter here, by the facts of contrib/ast-db-manage.
CREATE TYPE yesno_values AS ENUM ('yes', 'no');
CREATE TYPE pjsip_auth_type_values AS ENUM ('md5', 'userpass', 'google_oauth');
CREATE TABLE ps_auths (
    id VARCHAR(255) NOT NULL UNIQUE,
    auth_type pjsip_auth_type_values,
    nonce_lifetime INTEGER,
    md5_cred VARCHAR(40),
    password VARCHAR(80),
    realm VARCHAR(255),
    username VARCHAR(40),
    password_digest VARCHAR(1024),
    supported_algorithms_uas VARCHAR(1024),
    supported_algorithms_uac VARCHAR(1024)
);
CREATE TABLE ps_aors (
    id VARCHAR(255) NOT NULL UNIQUE,
    contact VARCHAR(255),
    max_contacts INTEGER,
    remove_existing yesno_values,
    default_expiration INTEGER,
    minimum_expiration INTEGER,
    maximum_expiration INTEGER,
    qualify_frequency INTEGER
);
CREATE TABLE ps_endpoints (
    id VARCHAR(255) NOT NULL UNIQUE,
    transport VARCHAR(40),
    aors VARCHAR(2048),
    auth VARCHAR(255),
    context VARCHAR(40),
    disallow VARCHAR(200),
    allow VARCHAR(200),
    direct_media yesno_values,
    identify_by VARCHAR(80),
    callerid VARCHAR(40)
);
CREATE TABLE ps_contacts (
    id VARCHAR(255) UNIQUE,
    uri VARCHAR(511),
    expiration_time BIGINT,
    user_agent VARCHAR(255),
    via_addr VARCHAR(40),
    via_port INTEGER,
    call_id VARCHAR(255),
    endpoint VARCHAR(255)
);
