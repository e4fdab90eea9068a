// Asterisk's PJSIP from a database (realtime): ps_auths, ps_aors, ps_endpoints, and ps_contacts for who is
// registered. One account is one row in each, with the user's name as its id; so a user has one realm.
// Source: Asterisk's contrib/ast-db-manage.
#pragma once

#include "registrar/sql_registrar.h"

namespace provost::registrar {

// How ps_auths holds a digest: `digest` in password_digest, from 20.12, 21.7 and 22.2 on, with SHA-256 beside
// MD5; `md5` in md5_cred, for the releases before.
enum class AsteriskDigests : std::uint8_t { digest, md5 };

struct AsteriskSettings {
    SqlSettings sql;
    AsteriskDigests digests = AsteriskDigests::digest;
    // What an endpoint and an AOR begin with that Provost makes. Later it changes what says who logs in,
    // alone.
    std::string context = "from-phones", transport = {}, allow = "g722,alaw,ulaw";
    int max_contacts = 1;
    int expiration = 3600;  // the longest registration, in seconds: tells when one was renewed
};

Result<std::unique_ptr<Registrar>> open_asterisk(AsteriskSettings settings);

}  // namespace provost::registrar
