// Where a registrar's database is. A password never stands in it: it comes from a file, as a Secret.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace provost::registrar {

enum class Dialect : std::uint8_t { postgresql, mysql, sqlite };

// "postgresql://user@host:port/name", "mysql://user@host/name", "sqlite:/path". A server of this machine may
// be reached by its socket: "postgresql://user@/name?host=/run/postgresql" (the folder), or
// "mysql://user@/name?socket=/run/mysqld/mysqld.sock" (the file).
struct DatabaseUrl {
    Dialect dialect = Dialect::sqlite;
    std::string user, host;
    std::uint16_t port = 0;  // 0: the usual one
    std::string name;        // of the database; its file for SQLite
    std::string socket;      // instead of host and port

    // What is said goes no further than this machine: a socket, or a loopback address as it is written.
    [[nodiscard]] bool is_local() const;
    [[nodiscard]] std::string text() const;  // for errors
};

// P-8208 if it is no such URL, or has a password in it; the text of the error does not repeat it.
Result<DatabaseUrl> parse_database_url(std::string_view text);

}  // namespace provost::registrar
