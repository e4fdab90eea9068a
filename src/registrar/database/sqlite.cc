// SQLite: a registrar's file on this machine. Its journal mode is the registrar's affair.
#include "registrar/database/backends.h"

#include <sqlite3.h>

namespace provost::registrar {

namespace {

struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using SqliteStatement = std::unique_ptr<sqlite3_stmt, Finalize>;

class SqliteDatabase final : public Database {
 public:
    explicit SqliteDatabase(DatabaseSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] bool connected() const override { return connection_ != nullptr; }
    void drop() override { connection_.reset(); }

    Status ready(Deadline deadline) override {
        deadline_ = deadline;
        int moved = 0;  // another file is there by now, or none
        if (connected()) sqlite3_file_control(connection_.get(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
        if (moved != 0) drop();
        if (connected()) return {};
        sqlite3* connection = nullptr;
        // A registrar makes its file: one that is not there is not made.
        const int code = sqlite3_open_v2(settings_.url.name.c_str(), &connection,
                                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
        connection_.reset(connection);
        if (code != SQLITE_OK) {
            drop();
            return fail(unreachable(settings_.url, sqlite3_errstr(code)));
        }
        sqlite3_busy_timeout(connection, std::chrono::milliseconds(statement_limit).count());
        sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(connection, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_progress_handler(connection, 10'000, &SqliteDatabase::is_late, this);
        return order("PRAGMA secure_delete = ON");
    }

    Result<std::vector<Row>> ask(std::string_view sql, std::span<const Value> values) override {
        if (left_until(deadline_) < statement_limit) return fail(too_late(settings_.url));
        return execute(sql, values);
    }

    Status order(const char* sql) override {
        const bool begins = std::string_view(sql) == "BEGIN";  // for writing, or it could fail half way
        PROVOST_TRY([[maybe_unused]] const auto rows, execute(begins ? "BEGIN IMMEDIATE" : sql, {}));
        return {};
    }

 private:
    Result<std::vector<Row>> execute(std::string_view sql, std::span<const Value> values) {
        if (!connected()) return fail(unreachable(settings_.url, "the connection is gone"));
        sqlite3_stmt* raw = nullptr;
        int code =
            sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()), &raw, nullptr);
        const SqliteStatement statement(raw);
        for (std::size_t i = 0; i < values.size() && code == SQLITE_OK; ++i)
            code = bind(raw, static_cast<int>(i + 1), values[i]);
        if (code != SQLITE_OK) return fail(explain(code));
        std::vector<Row> rows;
        while ((code = sqlite3_step(raw)) == SQLITE_ROW) {
            auto& row = rows.emplace_back();
            for (int i = 0; i < sqlite3_column_count(raw); ++i) {
                const auto* const text = reinterpret_cast<const char*>(sqlite3_column_text(raw, i));
                row.emplace_back(text == nullptr ? "" : text, sqlite3_column_bytes(raw, i));
            }
        }
        if (code != SQLITE_DONE) return fail(explain(code));
        return rows;
    }

    static int is_late(void* self) {
        return left_until(static_cast<SqliteDatabase*>(self)->deadline_).count() == 0;
    }

    static int bind(sqlite3_stmt* statement, int index, const Value& value) {
        if (const auto* const number = std::get_if<std::int64_t>(&value))
            return sqlite3_bind_int64(statement, index, *number);
        const auto text = std::get<std::string_view>(value);
        return sqlite3_bind_text64(statement, index, text.empty() ? "" : text.data(), text.size(),
                                   SQLITE_TRANSIENT, SQLITE_UTF8);
    }

    // SQLite's words name tables and columns, and no values.
    Error explain(int code) {
        const std::string why = sqlite3_errmsg(connection_.get());
        const int extended = sqlite3_extended_errcode(connection_.get());
        const auto& url = settings_.url;
        switch (code & 0xff) {
            case SQLITE_CONSTRAINT:
                if (extended == SQLITE_CONSTRAINT_UNIQUE || extended == SQLITE_CONSTRAINT_PRIMARYKEY)
                    return row_taken(url);
                return value_refused(url, why);
            case SQLITE_BUSY:
            case SQLITE_LOCKED:
                return busy(url, why);
            case SQLITE_INTERRUPT:
                return too_late(url);
            case SQLITE_ERROR:
            case SQLITE_READONLY:
            case SQLITE_PERM:
                return schema_missing(url, why);
            case SQLITE_TOOBIG:
            case SQLITE_MISMATCH:
                return value_refused(url, why);
            default:
                drop();
                return unreachable(url, why);
        }
    }

    DatabaseSettings settings_;
    std::unique_ptr<sqlite3, Close> connection_;
    Deadline deadline_{};
};

}  // namespace

std::unique_ptr<Database> make_sqlite(DatabaseSettings settings) {
    return std::make_unique<SqliteDatabase>(std::move(settings));
}

}  // namespace provost::registrar
