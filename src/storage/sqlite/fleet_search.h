// Devices that a person looks for. Each way of looking is a range of an index, and bounded.
#pragma once

#include "service/fleet_reads.h"
#include "storage/sqlite/database.h"

#include <span>
#include <string_view>

namespace provost::sqlite {

Result<std::vector<FoundDevice>> search_fleet(Database& database, const SearchTerms& terms,
                                              const std::optional<std::vector<TenantId>>& tenants,
                                              std::size_t limit);

std::span<const std::string_view> search_questions();  // for a test of how SQLite answers them

}  // namespace provost::sqlite
