// What the contract can't say of every database alike: logins, TLS, and what an error tells.
#include "registrar/asterisk/asterisk.h"
#include "registrar/kamailio/kamailio.h"
#include "tests/registrar/labs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost::contract {

namespace {

using registrar::Dialect;

std::string name_of(const testing::TestParamInfo<Dialect>& tested) {
    if (tested.param == Dialect::sqlite) return "sqlite";
    return tested.param == Dialect::mysql ? "mariadb" : "postgresql";
}

class ServerLogin : public testing::TestWithParam<Dialect> {
 protected:
    static DatabaseServer& server() {
        return GetParam() == Dialect::mysql ? mariadb_server() : postgresql_server();
    }
    static registrar::DatabaseUrl url(const std::string& host) {
        registrar::DatabaseUrl url;
        url.dialect = GetParam();
        url.user = "provost";
        url.host = host;
        url.port = server().port();
        url.name = GetParam() == Dialect::mysql ? "information_schema" : "postgres";
        return url;
    }
    static std::string code(registrar::DatabaseUrl url, const char* password,
                            const std::filesystem::path& ca) {
        const auto database =
            registrar::open_database({std::move(url), Secret::copy_of(password), ca}).value();
        const auto ready = database->ready(std::chrono::steady_clock::now() + registrar::call_limit);
        if (ready) return "";
        EXPECT_THAT(ready.error().text(), testing::Not(testing::HasSubstr("canary"))) << ready.error().text();
        return ready.error().code;
    }
};

TEST_P(ServerLogin, R_B5_by_password_and_never_told) {
    EXPECT_EQ(code(url("127.0.0.1"), DatabaseServer::password, {}), "");
    EXPECT_EQ(code(url("127.0.0.1"), "canary that is wrong", {}), "P-8202");
    EXPECT_EQ(code(url("127.0.0.1"), "", {}), "P-8202");
    auto nobody = url("127.0.0.1");
    nobody.port = 1;
    EXPECT_EQ(code(nobody, DatabaseServer::password, {}), "P-8201");
}

TEST_P(ServerLogin, R_F4_tls_to_the_server_that_the_ca_vouches_for_alone) {
    const auto database =
        registrar::open_database(
            {url("localhost"), Secret::copy_of(DatabaseServer::password), server().ca_file()})
            .value();
    ASSERT_TRUE(database->ready(std::chrono::steady_clock::now() + registrar::call_limit));
    const auto* const question = GetParam() == Dialect::mysql
                                     ? "SHOW STATUS LIKE 'Ssl_version'"
                                     : "SELECT 1, version FROM pg_stat_ssl WHERE pid ="
                                       " pg_backend_pid()";
    EXPECT_THAT(must(*database, question).front()[1], testing::StartsWith("TLSv1."));
    // The certificate is that of localhost.
    EXPECT_NE(code(url("127.0.0.1"), DatabaseServer::password, server().ca_file()), "");
    const auto other =
        GetParam() == Dialect::mysql ? postgresql_server().ca_file() : mariadb_server().ca_file();
    EXPECT_NE(code(url("localhost"), DatabaseServer::password, other), "");
}

INSTANTIATE_TEST_SUITE_P(Servers, ServerLogin, testing::Values(Dialect::postgresql, Dialect::mysql), name_of);

class EachDatabase : public testing::TestWithParam<Dialect> {
 protected:
    EachDatabase() : home(home_in(GetParam())), database(connect(home->url())) {}
    std::unique_ptr<Home> home;
    std::unique_ptr<registrar::Database> database;
};

TEST_P(EachDatabase, R_B5_no_error_repeats_a_value) {
    must(*database, "CREATE TABLE t (a VARCHAR(10) NOT NULL UNIQUE, n INTEGER CHECK (n < 5))");
    must(*database, "INSERT INTO t (a) VALUES ('canary')");
    const std::vector<std::pair<const char*, std::vector<registrar::Value>>> bad{
        {"INSERT INTO t (a) VALUES (?)", {"canary"}},
        {"INSERT INTO t (a, n) VALUES (?, 9)", {"canary2"}},
        {"INSERT INTO t (a, n) VALUES ('x', ?)", {"canary"}},
        {"INSERT INTO t (a) VALUES (?)", {"canary canary canary"}},
        {"INSERT INTO t (a, n) VALUES (?, CAST(? AS DECIMAL))", {"y", "canary"}},
        {"SELECT a FROM missing WHERE a = ?", {"canary"}},
        {"INSERT INTO t (a) VALUES (?)", {"\xff\xfe canary"}}};
    int refused = 0;
    for (const auto& [sql, values] : bad) {
        const auto done = database->ask(sql, values);
        if (done) continue;
        ++refused;
        EXPECT_THAT(done.error().text(), testing::Not(testing::HasSubstr("canary"))) << done.error().text();
        EXPECT_THAT(done.error().text(), testing::Not(testing::HasSubstr("636e6172"))) << done.error().text();
    }
    EXPECT_GE(refused, 3);
}

TEST_P(EachDatabase, a_missing_table_is_named) {
    const auto done = registrar::open_kamailio({{{home->url(), {}, {}}, false, ""}, false})
                          .value()
                          ->push(std::vector{entry_of("4711", "a")});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().code, "P-8203");
    EXPECT_THAT(done.error().text(), testing::HasSubstr("provost_accounts"));
}

TEST_P(EachDatabase, a_statement_without_end_is_ended) {
    if (GetParam() == Dialect::mysql) GTEST_SKIP() << "the client's time-outs do it, three seconds a wait";
    ASSERT_TRUE(database->ready(std::chrono::steady_clock::now() + std::chrono::seconds(4)));
    const auto begun = std::chrono::steady_clock::now();
    const auto done = database->ask(
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT COUNT(*) FROM n", {});
    EXPECT_FALSE(done);
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(8));
}

INSTANTIATE_TEST_SUITE_P(Databases, EachDatabase,
                         testing::Values(Dialect::postgresql, Dialect::mysql, Dialect::sqlite), name_of);

TEST(Asterisk, R_B5_an_endpoint_is_never_without_a_login) {
    auto lab = asterisk_lab(Dialect::postgresql, true);
    auto& admin = lab->admin();
    const auto registrar = lab->open(true);
    lab->make_foreign({"4711", "sip.example"});
    must(admin, "UPDATE ps_endpoints SET auth = NULL, context = 'kept', allow = 'opus'");
    const auto entry = entry_of("4711", "a");
    ASSERT_TRUE(registrar->push(std::vector{entry}).value().front());
    const auto row = must(admin, "SELECT auth, context, allow FROM ps_endpoints").front();
    EXPECT_EQ(row, (registrar::Row{"4711", "kept", "opus"}));
    const auto digests = "MD5:" + entry.ha1_md5 + ",SHA-256:" + entry.ha1_sha256;
    EXPECT_EQ(must(admin, "SELECT password_digest, realm, auth_type FROM ps_auths").front(),
              (registrar::Row{digests, "sip.example", "userpass"}));
    ASSERT_TRUE(registrar->push(std::vector{withdrawal_of("4711")}).value().front());
    const auto locked =
        must(admin, "SELECT a.password_digest FROM ps_endpoints e JOIN ps_auths a ON a.id = e.auth");
    ASSERT_EQ(locked.size(), 1U);
    EXPECT_THAT(locked.front().front(), testing::StartsWith("MD5:"));
    EXPECT_NE(locked.front().front(), digests);
}

TEST(Asterisk, two_realms_can_not_share_a_user) {
    const auto lab = asterisk_lab(Dialect::postgresql, true);
    const auto registrar = lab->open(true);
    ASSERT_TRUE(registrar->push(std::vector{entry_of("4711", "a")})->front());
    const auto second = registrar->push(std::vector{entry_of("4711", "b", "other.example")});
    EXPECT_EQ(second->front().error().code, "P-8206");
}

TEST(Kamailio, R_B5_no_column_of_a_digest_is_empty_or_another_users) {
    const auto lab = kamailio_lab(Dialect::postgresql, false);
    const auto registrar = lab->open(false);
    ASSERT_TRUE(registrar->push(std::vector{entry_of("4711", "a"), entry_of("4712", "a")}));
    const auto rows = must(lab->admin(), "SELECT ha1, ha1b FROM subscriber ORDER BY username");
    for (const auto& row : rows) EXPECT_EQ(row[1].size(), 32U);
    EXPECT_NE(rows[0][1], rows[0][0]);
    EXPECT_NE(rows[0][1], rows[1][1]);
}

}  // namespace

}  // namespace provost::contract
