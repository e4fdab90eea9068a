// A thin typed skin over the SQLite C API: RAII, a cache of prepared statements, errors as values.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "base/result.h"

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <sqlite3.h>

namespace provost::sqlite {

// One run of a prepared statement; when it dies the statement goes back to its connection's cache, so at most
// one Query of the same text may be alive on a connection. Values are bound, and columns read, from the left.
class Query {
 public:
    Query(sqlite3* connection, sqlite3_stmt* statement, int prepared, bool writes);
    ~Query();
    Query(Query&& other) noexcept;
    Query& operator=(Query&&) = delete;
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;

    template <class... Values>
    Query& bind(const Values&... values) {
        (bind_next(values), ...);
        return *this;
    }

    Result<bool> next();  // true: a row is there to be read
    Status run();         // for statements that give no rows

    // The row's columns, all of them or a prefix. P-6014 if one does not have the form its type asks for.
    template <class... Values>
    Status read(Values&... values) {
        column_ = 0;
        damaged_ = false;
        (read_next(values), ...);
        return damaged_ ? fail(damaged_row()) : Status();
    }

    [[nodiscard]] int code() const { return code_; }  // SQLite's extended result code of the last step
    [[nodiscard]] Error error() const;

 private:
    void bind_next(std::integral auto value) { bind_integer(static_cast<std::int64_t>(value)); }
    void bind_next(std::string_view value);
    void bind_next(const std::string& value) { bind_next(std::string_view(value)); }
    void bind_next(const char* value) { bind_next(std::string_view(value)); }
    void bind_next(const Bytes& value) { bind_blob(value); }
    template <std::size_t size>
    void bind_next(const std::array<std::uint8_t, size>& value) {
        bind_blob(value);
    }
    void bind_next(MacAddress value) { bind_next(value.value()); }
    void bind_next(Timestamp value) { bind_next(to_millis(value)); }
    void bind_next(Duration value) { bind_next(value.count()); }
    template <class T>
    void bind_next(const std::optional<T>& value) {
        value ? bind_next(*value) : bind_null();
    }
    void bind_null() { keep(sqlite3_bind_null(statement_, ++bound_)); }
    void bind_integer(std::int64_t value) { keep(sqlite3_bind_int64(statement_, ++bound_, value)); }
    void bind_blob(ByteView value);
    void keep(int code) {
        if (code != SQLITE_OK && code_ == SQLITE_OK) code_ = code;
    }

    template <std::integral T>
    void read_next(T& out) {
        out = static_cast<T>(sqlite3_column_int64(statement_, column_++));
    }
    void read_next(std::string& out);
    void read_next(Bytes& out);
    template <std::size_t size>
    void read_next(std::array<std::uint8_t, size>& out) {
        const auto blob = read_blob();
        damaged_ = damaged_ || blob.size() != size;
        if (blob.size() == size) std::copy(blob.begin(), blob.end(), out.begin());
    }
    void read_next(MacAddress& out);
    void read_next(Timestamp& out);
    void read_next(Duration& out);
    template <class T>
    void read_next(std::optional<T>& out) {
        if (sqlite3_column_type(statement_, column_) == SQLITE_NULL) {
            out.reset();
            ++column_;
        } else {
            read_next(out.emplace());
        }
    }
    ByteView read_blob();
    static Error damaged_row();

    sqlite3* connection_;
    sqlite3_stmt* statement_;
    int code_;
    int bound_ = 0;
    int column_ = 0;
    bool damaged_ = false;
    bool writes_;
};

// One connection. Not thread-safe.
class Database {
 public:
    enum class Use { read, write };

    // WAL, synchronous FULL, secure_delete and the defensive settings of SECURITY.md section 6. The file is
    // created, for its owner alone, if `use` is write. It never checkpoints by itself. P-6013 if it can't be
    // opened.
    static Result<Database> open(const std::filesystem::path& file, Use use);
    // A new connection to the same file, in the old one's place, which may still be open.
    static Result<Database> reopen(const Database& old);

    template <class... Values>
    Query query(std::string_view sql, const Values&... values) {
        auto query = prepare(sql);
        query.bind(values...);
        return query;
    }
    template <class... Values>
    Status run(std::string_view sql, const Values&... values) {
        return query(sql, values...).run();
    }
    Status script(const char* sql);  // several statements, no values
    // Does the work in one transaction, which is undone if it fails. For reading: in one picture of the
    // store.
    template <class Work>
    Status transact(const Work& work) {
        PROVOST_CHECK(begin());
        Status done = work();
        if (done) done = run("COMMIT");
        return done ? done : undo(std::move(done));
    }
    // The first column of the first row; 0 if there is no row.
    template <class... Values>
    Result<std::int64_t> number(std::string_view sql, const Values&... values) {
        auto question = query(sql, values...);
        PROVOST_TRY(const bool row, question.next());
        std::int64_t value = 0;
        if (row) PROVOST_CHECK(question.read(value));
        return value;
    }

    // By this connection since it was opened; what was undone is not taken off.
    [[nodiscard]] std::int64_t rows_changed() const { return sqlite3_total_changes64(connection_.get()); }
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(connection_.get()) == 0; }
    [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(connection_.get()); }
    [[nodiscard]] std::int64_t last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }
    [[nodiscard]] sqlite3* handle() const { return connection_.get(); }
    [[nodiscard]] Error error(int code) const;  // what a result code of the C API means, in words

 private:
    struct Close {
        void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    struct TextHash : std::hash<std::string_view> {
        using is_transparent = void;
    };

    Database(sqlite3* connection, Use use) : connection_(connection), use_(use) {}
    static Result<Database> connect(const std::filesystem::path& file, Use use);
    Status configure(const std::filesystem::path& file);
    Status begin();
    Status undo(Status failure);
    Status check_writable(const std::filesystem::path& file);
    Query prepare(std::string_view sql);

    std::unique_ptr<sqlite3, Close> connection_;  // dies after its statements
    std::unordered_map<std::string, std::unique_ptr<sqlite3_stmt, Finalize>, TextHash, std::equal_to<>>
        statements_;
    Use use_;
};

}  // namespace provost::sqlite
