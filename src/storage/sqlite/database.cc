#include "storage/sqlite/database.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace provost::sqlite {

namespace {

constexpr int busy_millis = 5000;

// Without it every allocation of every connection takes one lock of the whole process.
void leave_out_memory_statistics() {
    static std::once_flag once;
    std::call_once(once, [] { sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); });
}

std::string mend(int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return "Free space on the file system of the database";
        case SQLITE_BUSY:
            return "End the other program that has the database open";
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return "Give the server's user the database's folder and files to write";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return "Restore the newest backup";
        case SQLITE_IOERR:
            return "See the kernel's log for the disk, and free space if it is full";
        default:
            return {};
    }
}

Error explain(sqlite3* connection, int code, bool writes) {
    std::string why = sqlite3_errstr(code);
    if (connection != nullptr && sqlite3_extended_errcode(connection) == code)
        why = sqlite3_errmsg(connection);
    const char* file = connection != nullptr ? sqlite3_db_filename(connection, "main") : nullptr;
    const std::string where = file != nullptr ? file : "";
    switch (code & 0xff) {
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {"P-6014", "the database is damaged", where, why, mend(code)};
        case SQLITE_CONSTRAINT:
            return {"P-6006", "the change contradicts what is stored", where, why};
        default:
            break;
    }
    if (writes) return {"P-6010", "the store can't write", where, why, mend(code)};
    return {"P-6012", "the store can't be read", where, why, mend(code)};
}

// SQLite gives its journal and shared memory the mode of the database file.
Status make_private(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    const bool made = descriptor >= 0 && ::fchmod(descriptor, 0600) == 0;
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (made) return {};
    return fail({"P-6013", "the database can't be opened", file.string(), why,
                 "Give the server's user the folder to write and the file to own"});
}

}  // namespace

Query::Query(sqlite3* connection, sqlite3_stmt* statement, int prepared, bool writes)
    : connection_(connection), statement_(statement), code_(prepared), writes_(writes) {}

Query::Query(Query&& other) noexcept
    : connection_(other.connection_),
      statement_(std::exchange(other.statement_, nullptr)),
      code_(other.code_),
      bound_(other.bound_),
      column_(other.column_),
      damaged_(other.damaged_),
      writes_(other.writes_) {}

Query::~Query() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

Result<bool> Query::next() {
    if (code_ != SQLITE_OK && code_ != SQLITE_ROW) return fail(error());
    code_ = sqlite3_step(statement_);
    if (code_ == SQLITE_ROW) return true;
    if (code_ == SQLITE_DONE) return false;
    code_ = sqlite3_extended_errcode(connection_);
    return fail(error());
}

Status Query::run() {
    PROVOST_TRY([[maybe_unused]] const bool row, next());
    return {};
}

Error Query::error() const {
    return explain(connection_, code_, writes_);
}

Error Query::damaged_row() {
    return {"P-6014", "the database is damaged", "", "a stored value has the wrong form",
            "Restore the newest backup"};
}

void Query::bind_next(std::string_view value) {
    // A null pointer would bind NULL.
    keep(sqlite3_bind_text64(statement_, ++bound_, value.empty() ? "" : value.data(), value.size(),
                             SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Query::bind_blob(ByteView value) {
    if (value.empty()) return keep(sqlite3_bind_zeroblob(statement_, ++bound_, 0));
    keep(sqlite3_bind_blob64(statement_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT));
}

ByteView Query::read_blob() {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column_));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column_));
    ++column_;
    return {data, data == nullptr ? 0 : size};
}

void Query::read_next(std::string& out) {
    out.assign(as_text(read_blob()));
}

void Query::read_next(Bytes& out) {
    const auto blob = read_blob();
    out.assign(blob.begin(), blob.end());
}

void Query::read_next(MacAddress& out) {
    out = MacAddress(static_cast<std::uint64_t>(sqlite3_column_int64(statement_, column_++)));
}

void Query::read_next(Timestamp& out) {
    out = from_millis(sqlite3_column_int64(statement_, column_++));
}
void Query::read_next(Duration& out) {
    out = Duration(sqlite3_column_int64(statement_, column_++));
}

Result<Database> Database::open(const std::filesystem::path& file, Use use) {
    leave_out_memory_statistics();
    if (use == Use::write) PROVOST_CHECK(make_private(file));
    return connect(file, use);
}

// The file is there: one that is opened and closed beside SQLite would take away the locks that this process
// holds on it (POSIX).
Result<Database> Database::reopen(const Database& old) {
    const std::filesystem::path file = sqlite3_db_filename(old.handle(), "main");
    return connect(file, old.use_);
}

Result<Database> Database::connect(const std::filesystem::path& file, Use use) {
    sqlite3* connection = nullptr;
    const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                      (use == Use::write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    Database database(connection, use);
    if (code != SQLITE_OK)
        return fail(
            {"P-6013", "the database can't be opened", file.string(), sqlite3_errstr(code), mend(code)});
    PROVOST_CHECK(database.configure(file));
    if (use == Use::write) PROVOST_CHECK(database.check_writable(file));
    return database;
}

Status Database::configure(const std::filesystem::path& file) {
    sqlite3_busy_timeout(handle(), busy_millis);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    // Only the writer checkpoints: not every SQLite survives two that do so at once (the WAL-reset race).
    if (use_ == Use::read) sqlite3_db_config(handle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    sqlite3_wal_autocheckpoint(handle(), 0);
    Status done = script("PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA secure_delete = ON;");
    if (done && use_ == Use::read) done = script("PRAGMA cache_size = -2000;");
    if (done && use_ == Use::write)
        done = script(
            "PRAGMA cache_size = -8000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
            "PRAGMA journal_size_limit = 8388608;");
    if (done) return done;
    const auto& cause = done.error();
    if (cause.code == "P-6014") return fail({cause.code, cause.what, file.string(), cause.why, cause.fix});
    return fail({"P-6013", "the database can't be opened", file.string(), cause.why, cause.fix});
}

// Where a file can't be opened for writing, be it for a moment only, SQLite opens it for reading and says
// nothing; shared memory opened so stays so for every connection of the process.
Status Database::check_writable(const std::filesystem::path& file) {
    Error error{"P-6013", "the database can't be opened", file.string(), "it opens for reading only",
                mend(SQLITE_READONLY)};
    if (sqlite3_db_readonly(handle(), "main") != 0) return fail(std::move(error));
    if (auto begun = script("BEGIN IMMEDIATE"); !begun) {
        error.why = begun.error().why;
        return fail(std::move(error));
    }
    return script("ROLLBACK");
}

Query Database::prepare(std::string_view sql) {
    const bool writes = use_ == Use::write;
    if (const auto found = statements_.find(sql); found != statements_.end())
        return {handle(), found->second.get(), SQLITE_OK, writes};
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) return {handle(), nullptr, code, writes};
    statements_.emplace(sql, statement);
    return {handle(), statement, SQLITE_OK, writes};
}

Status Database::begin() {
    return run(use_ == Use::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Status Database::undo(Status failure) {
    if (in_transaction()) (void)run("ROLLBACK");
    return failure;
}

Status Database::script(const char* sql) {
    const int code = sqlite3_exec(handle(), sql, nullptr, nullptr, nullptr);
    if (code == SQLITE_OK) return {};
    return fail(error(code));
}

Error Database::error(int code) const {
    return explain(handle(), code, use_ == Use::write);
}

}  // namespace provost::sqlite
