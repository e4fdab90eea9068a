// Bans in their table, and the addresses where devices were served.
#pragma once

#include "service/store.h"
#include "storage/sqlite/database.h"

#include <vector>

namespace provost::sqlite {

Result<std::vector<Ban>> list_bans(Database& database);  // newest first
Result<std::optional<Ban>> find_ban(Database& database, const Network& network);
Result<std::int64_t> write_ban(Database& database, const Ban& ban);
Result<std::vector<SeenSource>> list_sources(Database& database, Timestamp since, std::size_t limit);

}  // namespace provost::sqlite
