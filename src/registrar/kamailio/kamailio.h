// Kamailio, by the tables of its modules auth_db (calculate_ha1 = 0) and usrloc (db_mode 1, 2 or 3) in
// PostgreSQL, MySQL, MariaDB or SQLite. Source: its table definitions, auth_db version 7, usrloc version 9.
#pragma once

#include "registrar/sql_registrar.h"

namespace provost::registrar {

struct KamailioSettings {
    SqlSettings sql;
    // modparam("auth", "algorithm", "SHA-256"): the columns then hold that digest instead of MD5's.
    bool sha256 = false;
};

Result<std::unique_ptr<Registrar>> open_kamailio(KamailioSettings settings);

}  // namespace provost::registrar
