// Pictures of what phones last got: mostly the same words as every other phone's, so compressed.
#pragma once

#include "service/records.h"
#include "storage/sqlite/database.h"

#include <optional>

namespace provost::sqlite {

Status write_fetched(Database& database, const FetchedPicture& picture);  // nothing where only `at` differs
Result<std::optional<FetchedPicture>> read_fetched(Database& database, MacAddress mac);

}  // namespace provost::sqlite
