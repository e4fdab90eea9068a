// PostgreSQL by libpq's calls that do not block, so that the deadline holds for every step.
#include "registrar/database/backends.h"
#include "registrar/database/versions.h"

#include <array>
#include <cerrno>

#include <libpq-fe.h>
#include <poll.h>

namespace provost::registrar {

namespace {

struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct Clear {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, Clear>;

// Each '?' becomes $1, $2 ...; the statements have no '?' elsewhere.
std::string numbered(std::string_view sql) {
    std::string text;
    int count = 0;
    for (const char c : sql)
        if (c == '?')
            text += "$" + std::to_string(++count);
        else
            text += c;
    return text;
}

// The first line: those after it may tell a row's values.
std::string first_line(const char* message) {
    const std::string_view text = message == nullptr ? "" : message;
    return std::string(text.substr(0, text.find('\n')));
}

class PostgresqlDatabase final : public Database {
 public:
    explicit PostgresqlDatabase(DatabaseSettings settings) : settings_(std::move(settings)) {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgresql; }
    [[nodiscard]] bool connected() const override {
        return connection_ != nullptr && PQstatus(connection_.get()) == CONNECTION_OK;
    }
    void drop() override { connection_.reset(); }

    Status ready(Deadline deadline) override {
        deadline_ = deadline;
        if (connected() && PQtransactionStatus(connection_.get()) == PQTRANS_IDLE) return {};
        drop();
        auto done = connect();
        if (!done) drop();
        return done;
    }

    Result<std::vector<Row>> ask(std::string_view sql, std::span<const Value> values) override {
        if (left_until(deadline_) < statement_limit) return fail(too_late(settings_.url));
        return execute(sql, values);
    }

    Status order(const char* sql) override {
        PROVOST_TRY([[maybe_unused]] const auto rows, execute(sql, {}));
        return {};
    }

 private:
    Result<std::vector<Row>> execute(std::string_view sql, std::span<const Value> values) {
        std::vector<std::string> texts;
        std::vector<const char*> pointers;
        for (const auto& value : values) texts.push_back(text_of(value));
        for (const auto& text : texts) pointers.push_back(text.c_str());
        if (!connected()) return fail(unreachable(settings_.url, "the connection is gone"));
        if (PQsendQueryParams(connection_.get(), numbered(sql).c_str(), static_cast<int>(pointers.size()),
                              nullptr, pointers.data(), nullptr, nullptr, 0) == 0)
            return fail(lost());
        auto rows = finish();
        for (auto& text : texts) wipe(text.data(), text.size());
        return rows;
    }

    static std::string text_of(const Value& value) {
        if (const auto* const number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
        return std::string(std::get<std::string_view>(value));
    }

    Error lost() {
        auto why = first_line(PQerrorMessage(connection_.get()));
        drop();
        return unreachable(settings_.url, std::move(why));
    }

    Error out_of_time() {
        drop();  // an answer that comes later would be taken for that of the next question
        return unreachable(settings_.url, "it does not answer in time");
    }

    bool wait_for(short events) {
        pollfd descriptor{PQsocket(connection_.get()), events, 0};
        int ready = -1;
        do {
            const auto left = left_until(deadline_).count();
            if (left == 0) return false;
            ready = poll(&descriptor, 1, static_cast<int>(left));
        } while (ready < 0 && errno == EINTR);
        return ready > 0;
    }

    Status connect() {
        PROVOST_CHECK(begin_connecting());
        auto next = PGRES_POLLING_WRITING;
        while (next != PGRES_POLLING_OK) {
            if (next == PGRES_POLLING_FAILED) return fail(explain_no_connection());
            if (!wait_for(next == PGRES_POLLING_READING ? POLLIN : POLLOUT))
                return fail(unreachable(settings_.url, "it does not answer in time"));
            next = PQconnectPoll(connection_.get());
        }
        PQsetnonblocking(connection_.get(), 1);
        PQsetNoticeProcessor(
            connection_.get(), [](void*, const char*) {}, nullptr);
        // The server ends by itself what it works on for somebody who has left.
        PROVOST_CHECK(order("SET statement_timeout = 3000"));
        PROVOST_CHECK(order("SET lock_timeout = 2500"));
        return order("SET idle_in_transaction_session_timeout = 15000");
    }

    Status begin_connecting() {
        const auto& url = settings_.url;
        std::string addresses, hosts, ports;
        if (url.socket.empty()) {
            // One host for each address: libpq takes lists of the same length.
            for (const auto& address : addresses_of(url.host, deadline_)) {
                addresses += (addresses.empty() ? "" : ",") + address;
                hosts += (hosts.empty() ? "" : ",") + url.host;
            }
            if (addresses.empty()) return fail(unreachable(url, "the host has no address"));
        } else {
            hosts = url.socket;
        }
        const auto port = std::to_string(url.port == 0 ? 5432 : url.port);
        const auto password = std::string(settings_.password.expose());
        const auto ca = settings_.ca_file.string();
        const bool encrypt = url.socket.empty() && !ca.empty();
        const std::array<const char*, 14> names{"host",
                                                "hostaddr",
                                                "port",
                                                "dbname",
                                                "user",
                                                "password",
                                                "sslmode",
                                                "sslrootcert",
                                                "gssencmode",
                                                "application_name",
                                                "client_encoding",
                                                "tcp_user_timeout",
                                                "passfile",
                                                nullptr};
        const std::array<const char*, 14> values{hosts.c_str(),
                                                 addresses.c_str(),
                                                 port.c_str(),
                                                 url.name.c_str(),
                                                 url.user.c_str(),
                                                 password.c_str(),
                                                 encrypt ? "verify-full" : "disable",
                                                 ca.c_str(),
                                                 "disable",
                                                 "provost",
                                                 "UTF8",
                                                 "10000",
                                                 "/dev/null/none",
                                                 nullptr};
        connection_.reset(PQconnectStartParams(names.data(), values.data(), 0));
        wipe(const_cast<char*>(password.data()), password.size());
        if (connection_ == nullptr || PQstatus(connection_.get()) == CONNECTION_BAD)
            return fail(explain_no_connection());
        return {};
    }

    // A server that answers has an opinion on the login; one that does not is away.
    Error explain_no_connection() {
        if (connection_ == nullptr) return unreachable(settings_.url, "no memory");
        auto why = first_line(PQerrorMessage(connection_.get()));
        for (const auto* const away :
             {"refused", "No such file", "timed out", "timeout", "unreachable", "starting up",
              "shutting down", "closed the connection", "too many", "could not receive", "No route"})
            if (why.find(away) != std::string::npos) return unreachable(settings_.url, std::move(why));
        return login_refused(settings_.url, std::move(why));
    }

    Result<std::vector<Row>> finish() {
        PROVOST_CHECK(flush());
        std::vector<Row> rows;
        Status judged;
        while (true) {
            PROVOST_CHECK(await_result());
            const ResultPtr result(PQgetResult(connection_.get()));
            if (result == nullptr) break;
            judged = judge(*result);
            if (judged && PQresultStatus(result.get()) == PGRES_TUPLES_OK) read(*result, rows);
        }
        if (PQstatus(connection_.get()) != CONNECTION_OK) return fail(lost());
        if (!judged) return fail(judged.error());
        return rows;
    }

    Status flush() {
        while (true) {
            const int left = PQflush(connection_.get());
            if (left == 0) return {};
            if (left < 0) return fail(lost());
            if (!wait_for(POLLIN | POLLOUT)) return fail(out_of_time());
            if (PQconsumeInput(connection_.get()) == 0) return fail(lost());
        }
    }

    Status await_result() {
        while (PQisBusy(connection_.get()) != 0) {
            if (!wait_for(POLLIN)) return fail(out_of_time());
            if (PQconsumeInput(connection_.get()) == 0) return fail(lost());
        }
        return {};
    }

    static void read(const PGresult& result, std::vector<Row>& rows) {
        for (int i = 0; i < PQntuples(&result); ++i) {
            auto& row = rows.emplace_back();
            for (int k = 0; k < PQnfields(&result); ++k)
                row.emplace_back(PQgetvalue(&result, i, k),
                                 static_cast<std::size_t>(PQgetlength(&result, i, k)));
        }
    }

    Status judge(const PGresult& result) {
        const auto status = PQresultStatus(&result);
        if (status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK) return {};
        const char* const field = PQresultErrorField(&result, PG_DIAG_SQLSTATE);
        const std::string state = field == nullptr ? "" : field;
        const auto message = first_line(PQresultErrorField(&result, PG_DIAG_MESSAGE_PRIMARY));
        const auto& url = settings_.url;
        const auto kind = state.substr(0, 2);  // SQLSTATE's class, PostgreSQL's appendix A
        if (state == "23505") return fail(row_taken(url));
        if (state == "57014") return fail(too_late(url));
        if (kind == "40" || kind == "55") return fail(busy(url, message));
        if (kind == "42" || state == "25006" || kind == "0A") return fail(schema_missing(url, message));
        if (state.empty() || kind == "08" || kind == "57" || kind == "53" || kind == "25")
            return fail(unreachable(url, message));
        return fail(value_refused(url, "SQLSTATE " + state));  // its words could repeat the value
    }

    DatabaseSettings settings_;
    std::unique_ptr<PGconn, Finish> connection_;
    Deadline deadline_{};
};

}  // namespace

std::string postgresql_client_version() {
    const int number = PQlibVersion();  // 150020
    return std::to_string(number / 10'000) + "." + std::to_string(number % 10'000);
}

std::unique_ptr<Database> make_postgresql(DatabaseSettings settings) {
    return std::make_unique<PostgresqlDatabase>(std::move(settings));
}

}  // namespace provost::registrar
