// The clients' versions, as "15.20": PostgreSQL's as loaded, MariaDB's as built with.
#pragma once

#include <string>

namespace provost::registrar {

std::string postgresql_client_version();
std::string mariadb_client_version();

}  // namespace provost::registrar
