// The tables `subscriber` and `location`, which two registrars have in common, and which differ in columns.
#pragma once

#include "registrar/sql_registrar.h"

#include <string>
#include <string_view>
#include <vector>

namespace provost::registrar {

enum class ColumnFill : std::uint8_t { md5, sha256, unusable_md5, unusable_sha256 };

struct DigestColumn {
    std::string_view name;
    ColumnFill fill = ColumnFill::md5;
};

struct SubscriberSchema {
    std::vector<DigestColumn> columns;  // the first is the one that is compared and given out
    bool expires_is_number = false;     // location.expires: seconds since 1970, else a local time
    std::string time_zone;
};

std::unique_ptr<AccountTables> make_subscriber_tables(SubscriberSchema schema);

}  // namespace provost::registrar
