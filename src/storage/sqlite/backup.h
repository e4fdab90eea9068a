// A consistent copy of a database in use.
#pragma once

#include "base/result.h"
#include "storage/sqlite/database.h"

#include <filesystem>

namespace provost::sqlite {

// Writes one snapshot of the database to `target`: mode 0600, synced, there whole or not at all. Sealed
// secrets are in it; the keys that open them never are. While it runs the journal can't be truncated. P-6015
// if `target` exists or can't be written.
Status copy_database(Database& database, const std::filesystem::path& target);

}  // namespace provost::sqlite
