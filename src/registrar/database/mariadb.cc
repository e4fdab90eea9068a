// MariaDB and MySQL by MariaDB's client. It knows time-outs for a single wait only; statement_limit keeps the
// whole within the deadline.
#include "registrar/database/backends.h"
#include "registrar/database/versions.h"

#include <array>
#include <unordered_map>

#include <errmsg.h>
#include <mysql.h>
#include <mysqld_error.h>

namespace provost::registrar {

namespace {

struct CloseConnection {
    void operator()(MYSQL* connection) const { mysql_close(connection); }
};
struct CloseStatement {
    void operator()(MYSQL_STMT* statement) const { mysql_stmt_close(statement); }
};
using MariadbStatement = std::unique_ptr<MYSQL_STMT, CloseStatement>;

constexpr std::size_t most_statements = 64;  // kept prepared

// Those that prove the password without showing it; the server's wish alone decides otherwise.
constexpr const char* safe_logins = "mysql_native_password,caching_sha2_password,client_ed25519,unix_socket";

struct Bound {
    std::vector<MYSQL_BIND> binds;
    std::vector<unsigned long> lengths;
    std::vector<std::int64_t> numbers;

    explicit Bound(std::span<const Value> values)
        : binds(values.size()), lengths(values.size()), numbers(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) {
            auto& bind = binds[i];
            bind = {};
            if (const auto* const number = std::get_if<std::int64_t>(&values[i])) {
                numbers[i] = *number;
                bind.buffer_type = MYSQL_TYPE_LONGLONG;
                bind.buffer = &numbers[i];
                continue;
            }
            const auto text = std::get<std::string_view>(values[i]);
            lengths[i] = text.size();
            bind.buffer_type = MYSQL_TYPE_STRING;
            bind.buffer = const_cast<char*>(text.empty() ? "" : text.data());  // a null pointer would be NULL
            bind.buffer_length = lengths[i];
            bind.length = &lengths[i];
        }
    }
};

bool is_connection_loss(unsigned number) {
    return number == CR_SERVER_GONE_ERROR || number == CR_SERVER_LOST || number == CR_CONNECTION_ERROR ||
           number == CR_CONN_HOST_ERROR || number == CR_COMMANDS_OUT_OF_SYNC ||
           number == ER_SERVER_SHUTDOWN || number == ER_CON_COUNT_ERROR || number == ER_CONNECTION_KILLED ||
           number == CR_SERVER_LOST_EXTENDED || number == CR_MALFORMED_PACKET;
}

bool is_schema(unsigned number) {
    return number == ER_NO_SUCH_TABLE || number == ER_BAD_FIELD_ERROR ||
           number == ER_TABLEACCESS_DENIED_ERROR || number == ER_COLUMNACCESS_DENIED_ERROR ||
           number == ER_PARSE_ERROR || number == ER_UNKNOWN_TIME_ZONE ||
           number == ER_OPTION_PREVENTS_STATEMENT;
}

class MariadbDatabase final : public Database {
 public:
    explicit MariadbDatabase(DatabaseSettings settings) : settings_(std::move(settings)) {}
    ~MariadbDatabase() override { drop(); }

    [[nodiscard]] Dialect dialect() const override { return Dialect::mysql; }
    [[nodiscard]] bool connected() const override { return connection_ != nullptr; }
    void drop() override {
        statements_.clear();
        connection_.reset();
    }

    Status ready(Deadline deadline) override {
        deadline_ = deadline;
        if (connected()) return {};
        auto done = connect();
        if (!done) drop();
        return done;
    }

    Result<std::vector<Row>> ask(std::string_view sql, std::span<const Value> values) override {
        if (!connected()) return fail(unreachable(settings_.url, "the connection is gone"));
        if (left_until(deadline_) < statement_limit) return fail(too_late(settings_.url));
        PROVOST_TRY(auto* const statement, prepared(std::string(sql)));
        Bound bound(values);
        if (!values.empty() && mysql_stmt_bind_param(statement, bound.binds.data()) != 0)
            return fail(error_of(statement));
        if (mysql_stmt_execute(statement) != 0) return fail(error_of(statement));
        return read(statement);
    }

    Status order(const char* sql) override {
        if (!connected()) return fail(unreachable(settings_.url, "the connection is gone"));
        if (mysql_query(connection_.get(), sql) == 0) return {};
        return fail(explain(mysql_errno(connection_.get()), mysql_error(connection_.get())));
    }

 private:
    void set_options() {
        auto* const c = connection_.get();
        const unsigned connect_seconds = 2, wait_seconds = statement_limit.count(), tcp = MYSQL_PROTOCOL_TCP,
                       no_files = 0;
        mysql_options(c, MYSQL_OPT_CONNECT_TIMEOUT, &connect_seconds);
        mysql_options(c, MYSQL_OPT_READ_TIMEOUT, &wait_seconds);
        mysql_options(c, MYSQL_OPT_WRITE_TIMEOUT, &wait_seconds);
        mysql_options(c, MYSQL_OPT_LOCAL_INFILE, &no_files);  // else the server may ask for any file
        mysql_options(c, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        mysql_options(c, MARIADB_OPT_RESTRICTED_AUTH, safe_logins);
        if (settings_.url.socket.empty()) mysql_options(c, MYSQL_OPT_PROTOCOL, &tcp);
        if (!settings_.url.socket.empty() || settings_.ca_file.empty()) return;
        const my_bool yes = 1;
        mysql_options(c, MYSQL_OPT_SSL_ENFORCE, &yes);
        mysql_options(c, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
        mysql_options(c, MYSQL_OPT_SSL_CA, settings_.ca_file.c_str());
        mysql_options(c, MARIADB_OPT_TLS_VERSION, "TLSv1.2,TLSv1.3");
    }

    Status connect() {
        const auto& url = settings_.url;
        if (url.socket.empty() && addresses_of(url.host, deadline_ - 3 * statement_limit).empty())
            return fail(unreachable(url, "the host has no address"));
        connection_.reset(mysql_init(nullptr));
        if (connection_ == nullptr) return fail(unreachable(url, "no memory"));
        set_options();
        const auto password = std::string(settings_.password.expose());
        const bool open =
            mysql_real_connect(connection_.get(), url.socket.empty() ? url.host.c_str() : nullptr,
                               url.user.c_str(), password.c_str(), url.name.c_str(), url.port,
                               url.socket.empty() ? nullptr : url.socket.c_str(), 0) != nullptr;
        wipe(const_cast<char*>(password.data()), password.size());
        if (!open) return fail(explain_no_connection());
        // A value that does not fit is an error, never cut; and no lock is waited for longer than a
        // statement.
        return order(
            "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = 2,"
            " lock_wait_timeout = 2");
    }

    Error explain_no_connection() {
        const auto number = mysql_errno(connection_.get());
        const std::string text = mysql_error(connection_.get());
        if (number == ER_ACCESS_DENIED_ERROR || number == ER_DBACCESS_DENIED_ERROR ||
            number == ER_BAD_DB_ERROR || number == CR_SSL_CONNECTION_ERROR ||
            number == CR_AUTH_PLUGIN_CANNOT_LOAD)
            return login_refused(settings_.url, text);
        return unreachable(settings_.url, text);
    }

    Result<MYSQL_STMT*> prepared(const std::string& sql) {
        if (const auto found = statements_.find(sql); found != statements_.end()) return found->second.get();
        if (statements_.size() >= most_statements) statements_.clear();
        MariadbStatement statement(mysql_stmt_init(connection_.get()));
        if (statement == nullptr) return fail(unreachable(settings_.url, "no memory"));
        if (mysql_stmt_prepare(statement.get(), sql.data(), sql.size()) != 0)
            return fail(error_of(statement.get()));
        return statements_.emplace(sql, std::move(statement)).first->second.get();
    }

    Result<std::vector<Row>> read(MYSQL_STMT* statement) {
        const auto columns = mysql_stmt_field_count(statement);
        std::vector<Row> rows;
        if (columns == 0) return rows;
        std::vector<MYSQL_BIND> binds(columns);
        std::vector<unsigned long> lengths(columns);
        std::vector<my_bool> nulls(columns);
        for (unsigned i = 0; i < columns; ++i) {
            binds[i] = {};
            binds[i].buffer_type = MYSQL_TYPE_STRING;  // of no length yet: tells what is needed
            binds[i].length = &lengths[i];
            binds[i].is_null = &nulls[i];
        }
        int code = mysql_stmt_bind_result(statement, binds.data());
        if (code == 0) code = mysql_stmt_store_result(statement);
        while (code == 0 || code == MYSQL_DATA_TRUNCATED) {
            code = mysql_stmt_fetch(statement);
            if (code != 0 && code != MYSQL_DATA_TRUNCATED) break;
            auto& row = rows.emplace_back(columns);
            for (unsigned i = 0; i < columns; ++i)
                if (nulls[i] == 0) fetch(statement, i, lengths[i], row[i]);
        }
        if (code != MYSQL_NO_DATA) return fail(error_of(statement));
        mysql_stmt_free_result(statement);
        return rows;
    }

    static void fetch(MYSQL_STMT* statement, unsigned column, unsigned long length, std::string& out) {
        out.resize(length);
        MYSQL_BIND bind{};
        bind.buffer_type = MYSQL_TYPE_STRING;
        bind.buffer = out.data();
        bind.buffer_length = length;
        bind.length = &length;
        if (length != 0) mysql_stmt_fetch_column(statement, &bind, column, 0);
    }

    Error error_of(MYSQL_STMT* statement) {
        const auto number = mysql_stmt_errno(statement);
        const std::string text = mysql_stmt_error(statement);
        mysql_stmt_free_result(statement);
        return explain(number, text);
    }

    // Most of the server's words repeat values; only those that can't are passed on.
    Error explain(unsigned number, std::string text) {
        const auto& url = settings_.url;
        if (is_connection_loss(number)) {
            drop();
            return unreachable(url, std::move(text));
        }
        if (number == ER_DUP_ENTRY) return row_taken(url);
        if (number == ER_LOCK_DEADLOCK || number == ER_LOCK_WAIT_TIMEOUT)
            return busy(url, "a lock was not given in time");
        if (is_schema(number)) return schema_missing(url, std::move(text));
        return value_refused(url, "error " + std::to_string(number));
    }

    DatabaseSettings settings_;
    std::unique_ptr<MYSQL, CloseConnection> connection_;
    std::unordered_map<std::string, MariadbStatement> statements_;  // they die first
    Deadline deadline_{};
};

}  // namespace

std::string mariadb_client_version() {
    return MARIADB_CLIENT_VERSION_STR;  // as its package counts; the library itself tells another number
}

std::unique_ptr<Database> make_mariadb(DatabaseSettings settings) {
    return std::make_unique<MariadbDatabase>(std::move(settings));
}

}  // namespace provost::registrar
