#include "registrar/database/database.h"
#include "registrar/database/dialect.h"
#include "registrar/sql_registrar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost::registrar {

namespace {

TEST(DatabaseUrl, parts) {
    const auto url = parse_database_url("postgresql://pro%20vost@db.example:5433/kamailio").value();
    EXPECT_EQ(url.dialect, Dialect::postgresql);
    EXPECT_EQ(url.user, "pro vost");
    EXPECT_EQ(url.host, "db.example");
    EXPECT_EQ(url.port, 5433);
    EXPECT_EQ(url.name, "kamailio");
    EXPECT_FALSE(url.is_local());
    EXPECT_EQ(url.text(), "postgresql://db.example:5433/kamailio");
    EXPECT_EQ(parse_database_url("mysql://u@[2001:db8::1]:3307/d")->host, "2001:db8::1");
    EXPECT_EQ(parse_database_url("postgresql://u@/d?host=/run/postgresql")->socket, "/run/postgresql");
    EXPECT_EQ(parse_database_url("mysql:///d?socket=/run/mysqld/mysqld.sock")->socket,
              "/run/mysqld/mysqld.sock");
    EXPECT_EQ(parse_database_url("sqlite:/var/lib/kamailio.db")->name, "/var/lib/kamailio.db");
}

TEST(DatabaseUrl, local_is_a_socket_or_a_loopback_address_as_it_stands_there) {
    for (const auto* const local : {"mysql://u@localhost/d", "mysql://u@127.0.0.1/d", "mysql://u@127.9.8.7/d",
                                    "mysql://u@[::1]/d", "mysql:///d?socket=/run/s", "sqlite:/f"})
        EXPECT_TRUE(parse_database_url(local)->is_local()) << local;
    for (const auto* const far :
         {"mysql://u@127.0.0.1.example/d", "mysql://u@10.0.0.1/d", "mysql://u@localhost.example/d"})
        EXPECT_FALSE(parse_database_url(far)->is_local()) << far;
}

TEST(DatabaseUrl, R_B5_a_password_in_it_is_refused_and_not_repeated) {
    for (const auto* const text :
         {"postgresql://u:canary@db/d", "mysql://u:canary@db/d", "mysql://:canary@db/d"}) {
        const auto url = parse_database_url(text);
        ASSERT_FALSE(url);
        EXPECT_EQ(url.error().code, "P-8208");
        EXPECT_THAT(url.error().text(), testing::Not(testing::HasSubstr("canary")));
    }
}

TEST(DatabaseUrl, what_is_none) {
    for (const auto* const text : {"",
                                   "postgres://u@db/d",
                                   "postgresql://u@db",
                                   "postgresql://u@db/",
                                   "postgresql:///d",
                                   "mysql://u@db:0/d",
                                   "mysql://u@db:70000/d",
                                   "mysql://u@db:/d",
                                   "mysql://u@db:3x/d",
                                   "mysql://u@[::1/d",
                                   "mysql://u@a,b/d",
                                   "postgresql://u@db/d?host=/run",
                                   "postgresql://u@/d?host=run",
                                   "postgresql://u@/d?sslmode=disable",
                                   "mysql://u@/d?host=/run",
                                   "mysql://u%0a@db/d",
                                   "mysql://u%4@db/d",
                                   "mysql://u@db/%00",
                                   "sqlite:relative",
                                   "postgresql://u@db/d?password=canary"}) {
        const auto url = parse_database_url(text);
        ASSERT_FALSE(url) << text;
        EXPECT_EQ(url.error().code, "P-8208");
        EXPECT_THAT(url.error().text(), testing::Not(testing::HasSubstr("canary")));
    }
}

TEST(OpenDatabase, a_server_elsewhere_needs_a_ca_file) {
    const auto url = parse_database_url("postgresql://u@db.example/d").value();
    EXPECT_EQ(open_database({url, {}, {}}).error().code, "P-8208");
    EXPECT_TRUE(open_database({url, {}, "/etc/ca.pem"}));
}

TEST(Dialect, one_row_in_three_languages) {
    constexpr std::array<std::string_view, 2> keys{"u", "d"};
    constexpr std::array<std::string_view, 1> values{"h"};
    EXPECT_EQ(insert_sql({"t", keys, values}), "INSERT INTO t (u, d, h) VALUES (?, ?, ?)");
    EXPECT_EQ(upsert_sql(Dialect::mysql, {"t", keys, values}),
              "INSERT INTO t (u, d, h) VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE h = VALUES(h)");
    EXPECT_EQ(insert_if_missing_sql(Dialect::sqlite, {"t", keys, values}),
              "INSERT INTO t (u, d, h) VALUES (?, ?, ?) ON CONFLICT (u, d) DO NOTHING");
}

TEST(TimeZone, names_that_can_stand_in_a_statement) {
    for (const auto* const good : {"", "UTC", "Europe/Berlin", "America/Port-au-Prince", "Etc/GMT+5"})
        EXPECT_TRUE(check_time_zone(good)) << good;
    for (const auto* const bad : {"x'y", "a b", "a;b", "a)b", "a\\b"})
        EXPECT_EQ(check_time_zone(bad).error().code, "P-8208") << bad;
}

}  // namespace

}  // namespace provost::registrar
