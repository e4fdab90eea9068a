// A registrar's database: one connection, which is made anew when it is gone. Values are bound to a
// statement, never written into its text. What a server says about a value does not get into an error: it
// could be a digest.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "registrar/database/url.h"

#include <chrono>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace provost::registrar {

using Deadline = std::chrono::steady_clock::time_point;
using Value = std::variant<std::string_view, std::int64_t>;
using Row = std::vector<std::string>;  // as text; NULL is empty

// What a call may take in all, and what of it a single statement may: none begins later than the difference,
// so that the whole keeps to it with clients that know no deadline.
constexpr std::chrono::seconds call_limit{10}, statement_limit{3};

// Codes of its errors, for what to do next (docs/reference/error-codes.md).
namespace code {
constexpr std::string_view unreachable = "P-8201", login = "P-8202", schema = "P-8203", refused = "P-8204",
                           taken = "P-8205", late = "P-8207", busy = "P-8209";
}

class Database {
 public:
    virtual ~Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    // There is a connection that was in order when it was last used.
    [[nodiscard]] virtual bool connected() const = 0;
    // Connects if there is none. Until the next ready() nothing waits beyond `deadline`. P-8201, P-8202.
    virtual Status ready(Deadline deadline) = 0;
    // One statement; each '?' in it is one of `values`. P-8201: the connection is gone. P-8203: the table or
    // the right to it is missing. P-8204: a value is refused. P-8205: such a row is there. P-8207: no time
    // is left for it. P-8209: others hold what it needs; the whole transaction has to be begun again.
    virtual Result<std::vector<Row>> ask(std::string_view sql, std::span<const Value> values) = 0;
    // A statement without values or rows, as BEGIN is.
    virtual Status order(const char* sql) = 0;
    virtual void drop() = 0;  // the connection, and with it the transaction

    Result<std::vector<Row>> ask(std::string_view sql, std::initializer_list<Value> values) {
        return ask(sql, std::span(values.begin(), values.size()));
    }
    Status run(std::string_view sql, std::initializer_list<Value> values) {
        PROVOST_TRY([[maybe_unused]] const auto rows, ask(sql, values));
        return {};
    }

 protected:
    Database() = default;
};

struct DatabaseSettings {
    DatabaseUrl url;
    Secret password;                // empty: none is asked for
    std::filesystem::path ca_file;  // PEM; whose servers are trusted. A server elsewhere needs it
};

// Connects to nothing yet. P-8208: the server is on another machine, and there is no CA file to know it by.
Result<std::unique_ptr<Database>> open_database(DatabaseSettings settings);

}  // namespace provost::registrar
