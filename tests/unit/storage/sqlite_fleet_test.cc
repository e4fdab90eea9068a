// The index of the fleet in SQLite: its contract, and how SQLite finds what is asked.
#include "storage/sqlite/fleet_order.h"
#include "storage/sqlite/fleet_page.h"
#include "storage/sqlite/fleet_search.h"
#include "temporary_store.h"
#include "tests/contract/store_contract_fleet.h"

#include <sqlite3.h>

namespace provost::contract {
namespace {

std::unique_ptr<Store> quick_tally_store() {
    static std::vector<std::unique_ptr<TemporaryFolder>> folders;
    folders.push_back(std::make_unique<TemporaryFolder>());
    SqliteOptions options;
    options.tally_interval = Duration(0);
    return open_sqlite_store(*folders.back() / "provost.db", test_audit_keys(), options).value();
}

INSTANTIATE_TEST_SUITE_P(Sqlite, FleetContract, testing::Values(MakeStore(quick_tally_store)),
                         [](const auto&) { return std::string("sqlite"); });

class SqliteFleet : public SqliteStoreTest {
 protected:
    // What SQLite says of its way, one line for each step.
    std::vector<std::string> plan_of(std::string_view sql) {
        sqlite3* raw = nullptr;
        EXPECT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
        sqlite3_stmt* statement = nullptr;
        const std::string text = "EXPLAIN QUERY PLAN " + std::string(sql);
        EXPECT_EQ(sqlite3_prepare_v2(raw, text.c_str(), -1, &statement, nullptr), SQLITE_OK) << sql;
        std::vector<std::string> steps;
        while (sqlite3_step(statement) == SQLITE_ROW)
            steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
        sqlite3_finalize(statement);
        sqlite3_close(raw);
        return steps;
    }
};

TEST_F(SqliteFleet, R_H4_NoListAndNoSearchReadsAllDevices) {
    open();
    std::vector<std::string_view> questions;
    using namespace sqlite;
    for (const auto some : {order_questions(), fleet_page_questions(), search_questions()})
        questions.insert(questions.end(), some.begin(), some.end());
    EXPECT_GE(questions.size(), 14u);
    for (const auto sql : questions)
        for (const auto& step : plan_of(sql)) {
            EXPECT_FALSE(step.starts_with("SCAN") && step.find("fleet") != step.npos &&
                         step.find("fleet_groups") == step.npos)
                << sql << "\n"
                << step;
            EXPECT_EQ(step.find("SCAN devices"), step.npos) << sql << "\n" << step;
            EXPECT_EQ(step.find("SCAN d"), step.npos) << sql << "\n" << step;
            EXPECT_EQ(step.find("TEMP B-TREE"), step.npos) << sql << "\n" << step;
        }
}

// A phone that asks for five files as it boots writes its row of the index once.
TEST_F(SqliteFleet, AVisitOfTheSameMinuteWritesNothing) {
    open();
    change([](Transaction& t) -> Status {
        PROVOST_TRY(const auto tenant, t.insert_tenant(sample_tenant("acme")));
        return t.insert_device(sample_device(1, tenant));
    });
    store.reset();
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
    const auto changes = [&](std::int64_t millis) {
        const auto before = sqlite3_total_changes64(raw);
        const auto sql = "UPDATE devices SET last_seen = " + std::to_string(millis) +
                         ", last_source = '192.0.2.1', firmware = '1', model = 'T54W'";
        EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        return sqlite3_total_changes64(raw) - before;
    };
    EXPECT_GT(changes(1'800'000'000'000), 1);
    EXPECT_EQ(changes(1'800'000'000'000 + 20'000), 1);
    EXPECT_EQ(changes(1'800'000'000'000 + 80'000), 2);
    sqlite3_close(raw);
}

// The walk gives up where it would cost more than putting these in order: what it gives is the same.
TEST_F(SqliteFleet, R_H4_TheLastVisitsOfManyBehindManyOthers) {
    open();
    auto database = sqlite::Database::open(file, sqlite::Database::Use::write).value();
    // Group 1: 6,000 devices, one a minute. Group 2: 13,000 that all came later.
    ASSERT_TRUE(database.script(R"sql(
        WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 18999)
        INSERT INTO fleet (mac, grp, seen, source, backwards)
            SELECT i, 1 + (i >= 6000), i, '', i FROM n)sql"));
    const std::vector<std::int64_t> group{1};
    const auto minutes = [&](std::optional<sqlite::SeenDevice> after, bool down) {
        const auto found = sqlite::order_by_seen(database, group, 6000, after, {down, 3}).value();
        std::vector<std::int64_t> minutes;
        for (const auto& one : found) minutes.push_back(one.minute);
        return minutes;
    };
    EXPECT_EQ(minutes(std::nullopt, true), (std::vector<std::int64_t>{5999, 5998, 5997}));
    EXPECT_EQ(minutes(sqlite::SeenDevice{5997, MacAddress(5997)}, true),
              (std::vector<std::int64_t>{5996, 5995, 5994}));
    EXPECT_EQ(minutes(std::nullopt, false), (std::vector<std::int64_t>{0, 1, 2}));
    EXPECT_EQ(minutes(sqlite::SeenDevice{5997, MacAddress(5997)}, false),
              (std::vector<std::int64_t>{5998, 5999}));
}

TEST_F(SqliteFleet, DevicesOfAnOlderSchemaAreInIt) {
    std::filesystem::copy_file(PROVOST_SOURCE_DIR "/tests/unit/storage/schema-1.sql", folder / "schema.sql");
    sqlite3* raw = nullptr;
    ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
    const auto sql =
        bytes_of(folder / "schema.sql") + "; UPDATE devices SET settings = 'line.1.user=4711\n';";
    ASSERT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK) << sqlite3_errmsg(raw);
    sqlite3_close(raw);
    open();
    EXPECT_EQ(store->fleet().page({})->total, 1);
    EXPECT_EQ(store->fleet().search(parse_search("4711"), std::nullopt, 5)->size(), 1u);
    EXPECT_EQ(store->fleet().search(parse_search("0001"), std::nullopt, 5)->size(), 1u);
}

}  // namespace
}  // namespace provost::contract
