#include "registrar/database/dialect.h"

namespace provost::registrar {

namespace {

std::string list(std::span<const std::string_view> names, std::string_view before, std::string_view after) {
    std::string text;
    for (const auto name : names) {
        if (!text.empty()) text += ", ";
        text += std::string(name) + std::string(before);
        if (!after.empty()) text += std::string(name) + std::string(after);
    }
    return text;
}

}  // namespace

std::string insert_sql(const Columns& columns) {
    std::string text = "INSERT INTO " + std::string(columns.table) + " (" + list(columns.keys, "", "");
    if (!columns.values.empty()) text += ", " + list(columns.values, "", "");
    text += ") VALUES (?";
    for (std::size_t i = 1; i < columns.keys.size() + columns.values.size(); ++i) text += ", ?";
    return text + ")";
}

std::string upsert_sql(Dialect dialect, const Columns& columns) {
    if (dialect == Dialect::mysql)
        return insert_sql(columns) + " ON DUPLICATE KEY UPDATE " + list(columns.values, " = VALUES(", ")");
    const auto conflict = " ON CONFLICT (" + list(columns.keys, "", "") + ") DO UPDATE SET ";
    return insert_sql(columns) + conflict + list(columns.values, " = excluded.", " ");
}

std::string insert_if_missing_sql(Dialect dialect, const Columns& columns) {
    if (dialect == Dialect::mysql) {
        const auto key = std::string(columns.keys.front());
        return insert_sql(columns) + " ON DUPLICATE KEY UPDATE " + key + " = " + key;
    }
    return insert_sql(columns) + " ON CONFLICT (" + list(columns.keys, "", "") + ") DO NOTHING";
}

std::string epoch_sql(Dialect dialect, std::string_view column, std::string_view zone) {
    const std::string name(column), quoted = "'" + std::string(zone) + "'";
    switch (dialect) {
        case Dialect::postgresql:
            if (zone.empty()) return "CAST(EXTRACT(EPOCH FROM CAST(" + name + " AS timestamptz)) AS bigint)";
            return "CAST(EXTRACT(EPOCH FROM (" + name + " AT TIME ZONE " + quoted + ")) AS bigint)";
        case Dialect::mysql:
            if (zone.empty()) return "CAST(UNIX_TIMESTAMP(" + name + ") AS SIGNED)";
            return "CAST(UNIX_TIMESTAMP(CONVERT_TZ(" + name + ", " + quoted +
                   ", @@session.time_zone)) AS SIGNED)";
        case Dialect::sqlite:
            break;
    }
    // Julian days in UTC; half a second is taken off when they are written.
    return "CAST(CASE typeof(" + name + ") WHEN 'text' THEN strftime('%s', " + name +
           ", 'utc') ELSE ROUND((" + name + " - 2440587.5) * 86400.0 + 0.5) END AS INTEGER)";
}

std::string now_sql(Dialect dialect) {
    switch (dialect) {
        case Dialect::postgresql:
            return "CAST(EXTRACT(EPOCH FROM now()) AS bigint)";
        case Dialect::mysql:
            return "UNIX_TIMESTAMP()";
        case Dialect::sqlite:
            break;
    }
    return "CAST(strftime('%s', 'now') AS INTEGER)";
}

std::string integer_sql(Dialect dialect, std::string_view expression) {
    const auto* const type = dialect == Dialect::postgresql ? " AS bigint)"
                             : dialect == Dialect::mysql    ? " AS SIGNED)"
                                                            : " AS INTEGER)";
    return "CAST(" + std::string(expression) + type;
}

}  // namespace provost::registrar
