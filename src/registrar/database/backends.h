// What database.cc chooses from, and what the backends share.
#pragma once

#include "registrar/database/database.h"

namespace provost::registrar {

std::unique_ptr<Database> make_postgresql(DatabaseSettings settings);
std::unique_ptr<Database> make_mariadb(DatabaseSettings settings);
std::unique_ptr<Database> make_sqlite(DatabaseSettings settings);

// Addresses of a host, numeric; a resolver that does not answer by the deadline is left behind.
// Empty: there is none.
std::vector<std::string> addresses_of(const std::string& host, Deadline deadline);

std::chrono::milliseconds left_until(Deadline deadline);  // never less than 0

// Errors of every backend; `why` is free of values.
Error unreachable(const DatabaseUrl& url, std::string why);
Error login_refused(const DatabaseUrl& url, std::string why);
Error schema_missing(const DatabaseUrl& url, std::string why);
Error value_refused(const DatabaseUrl& url, std::string why);
Error row_taken(const DatabaseUrl& url);
Error too_late(const DatabaseUrl& url);
Error busy(const DatabaseUrl& url, std::string why);

}  // namespace provost::registrar
