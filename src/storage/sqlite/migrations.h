// The schema, and the way from every older one to it.
#pragma once

#include "base/result.h"
#include "storage/sqlite/database.h"

#include <filesystem>

namespace provost::sqlite {

// The schema's number that this program writes (PRAGMA user_version).
int schema_version();

// Brings an open database to schema_version(), one durable step at a time. Before the first step on a
// database that holds anything, a copy is left beside it as FILE.schema-N (mode 0600), N being the number it
// had. P-6030 for a schema newer than this program's, P-6031 for a file that is some other program's or a
// step that fails.
Status migrate(Database& database, const std::filesystem::path& file);

}  // namespace provost::sqlite
