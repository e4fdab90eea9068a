// OpenSIPS, by the tables of its modules auth_db (calculate_ha1 = 0) and usrloc in PostgreSQL, MySQL, MariaDB
// or SQLite. Source: its table definitions, subscriber version 8 (digests of RFC 8760, no ha1b).
#pragma once

#include "registrar/sql_registrar.h"

namespace provost::registrar {

Result<std::unique_ptr<Registrar>> open_opensips(SqlSettings settings);

}  // namespace provost::registrar
