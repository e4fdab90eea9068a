// Digests of many accounts with few questions.
#pragma once

#include "registrar/sql_registrar.h"

namespace provost::registrar {

// `select` gives user, realm and digest, and ends before the list of users: "... WHERE username IN ". Rows of
// other realms, or of a user in another case, are left out.
Result<std::vector<HeldDigest>> look_up_digests(Database& database, std::string_view select,
                                                std::span<const RegistrarAccount> accounts);

}  // namespace provost::registrar
