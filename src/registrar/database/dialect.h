// Where the three databases say the same thing differently. Pure: the names are the connectors' own.
#pragma once

#include "registrar/database/url.h"

#include <span>
#include <string>
#include <string_view>

namespace provost::registrar {

struct Columns {
    std::string_view table;
    std::span<const std::string_view> keys;    // unique together
    std::span<const std::string_view> values;  // overwritten where the row is there
};

// Takes the keys, then the values; leaves the same whether the row was there or not.
std::string upsert_sql(Dialect dialect, const Columns& columns);
// The same, but a row that is there is an error (P-8205).
std::string insert_sql(const Columns& columns);
// The same, but a row that is there is left as it is.
std::string insert_if_missing_sql(Dialect dialect, const Columns& columns);

// Seconds since 1970 of a column with a local time. `zone`: an IANA name whose time it is; empty: that of the
// database's machine, or of this one for a file. SQLite: the registrar writes days in UTC, whatever `zone`
// says.
std::string epoch_sql(Dialect dialect, std::string_view column, std::string_view zone);
std::string now_sql(Dialect dialect);  // seconds since 1970
std::string integer_sql(Dialect dialect, std::string_view expression);

}  // namespace provost::registrar
