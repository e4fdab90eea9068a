// The file itself: modes, locks, schema, damage, copies.
#include "storage/sqlite/migrations.h"
#include "temporary_store.h"
#include "tests/contract/store_samples.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>

namespace provost {
namespace {

using contract::mac;
using contract::sample_device;
using contract::sample_tenant;

mode_t mode_of(const std::filesystem::path& file) {
    struct stat facts {};
    EXPECT_EQ(::stat(file.c_str(), &facts), 0) << file;
    return facts.st_mode & 0777;
}

class SqliteFile : public SqliteStoreTest {
 protected:
    std::string refusal() {
        auto opened = open_sqlite_store(file, contract::test_audit_keys());
        return opened ? "" : opened.error().code;
    }
    // As another program would.
    void execute(const std::string& sql) {
        sqlite3* raw = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &raw), SQLITE_OK);
        char* error = nullptr;
        EXPECT_EQ(sqlite3_exec(raw, sql.c_str(), nullptr, nullptr, &error), SQLITE_OK)
            << (error ? error : "");
        sqlite3_free(error);
        sqlite3_close(raw);
    }
    void put_one_device() {
        change([](Transaction& t) -> Status {
            PROVOST_TRY(const auto tenant, t.insert_tenant(sample_tenant("acme")));
            return t.insert_device(sample_device(1, tenant));
        });
    }
};

TEST_F(SqliteFile, EveryFileIsItsOwnersAlone) {
    const mode_t before = ::umask(0);
    open();
    put_one_device();
    ::umask(before);
    for (const char* suffix : {"", "-wal", "-shm", ".lock"})
        EXPECT_EQ(mode_of(file.string() + suffix), 0600u) << suffix;
}

TEST_F(SqliteFile, IsHeldByOneProcess) {
    open();
    EXPECT_EQ(refusal(), "P-6013");
    store.reset();
    EXPECT_EQ(refusal(), "");
}

TEST_F(SqliteFile, KeepsWhatWasWrittenAndQueuedWhenItCloses) {
    open();
    put_one_device();
    store->record(contract::visit(mac(1), 5));
    std::atomic<bool> done = false;
    store->submit([](Transaction& t) { return t.put_note("a", "b"); },
                  [&](Status status) { done = status.has_value(); });
    open();
    EXPECT_TRUE(done);
    EXPECT_EQ(store->note("a").value(), "b");
    EXPECT_EQ(store->device(mac(1)).value()->last_seen, contract::at(5));
    EXPECT_EQ(store->counts().value().events, 1);
}

TEST_F(SqliteFile, OfAnotherProgramIsRefused) {
    execute("CREATE TABLE theirs (x); PRAGMA user_version = 1;");
    EXPECT_EQ(refusal(), "P-6031");
    std::ofstream(file, std::ios::trunc)
        << "not a database, but longer than the header of one would be, by far: " << std::string(4096, 'x');
    EXPECT_EQ(refusal(), "P-6014");
}

TEST_F(SqliteFile, OfANewerSchemaIsRefusedAndLeftAsItIs) {
    open();
    store.reset();
    execute("PRAGMA user_version = 99");
    const auto before = bytes_of(file);
    const auto opened = open_sqlite_store(file, contract::test_audit_keys());
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, "P-6030");
    EXPECT_NE(opened.error().text().find("99"), std::string::npos);
    EXPECT_EQ(bytes_of(file), before);
}

TEST_F(SqliteFile, DamageIsFoundAtTheStart) {
    open();
    put_one_device();
    change([](Transaction& t) -> Status {
        for (std::uint64_t i = 2; i < 2000; ++i) PROVOST_CHECK(t.insert_device(sample_device(i, 1)));
        return {};
    });
    store.reset();
    auto bytes = bytes_of(file);
    for (std::size_t i = bytes.size() / 2; i < bytes.size() / 2 + 6000; ++i) bytes[i] = '\x5a';
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    EXPECT_EQ(refusal(), "P-6014");
}

// Schema 1 as it was first made, with something in every table that later steps touch.
TEST_F(SqliteFile, OfSchemaOneIsBroughtForwardAfterACopy) {
    std::filesystem::copy_file(PROVOST_SOURCE_DIR "/tests/unit/storage/schema-1.sql", folder / "schema.sql");
    execute(bytes_of(folder / "schema.sql"));
    open();
    const auto device = store->device(*MacAddress::parse("001565000001")).value();
    ASSERT_TRUE(device);
    EXPECT_EQ(device->state, DeviceState::armed);
    EXPECT_EQ(store->tenants().value().at(0).slug, "acme");
    const auto events = store->events({}, 0, 10).value();
    ASSERT_EQ(events.size(), 1u);
    EXPECT_EQ(events[0].firmware, "");
    EXPECT_EQ(events[0].detail, "kept");
    EXPECT_FALSE(store->device_cares().of(device->mac).value());
    change([&](Transaction& t) {
        return t.device_cares().put({device->mac, 1, DeviceNote{"noted since", "jo", contract::at(1)}, {}});
    });
    const auto copy = file.string() + ".schema-1";
    EXPECT_EQ(mode_of(copy), 0600u);
    store.reset();
    std::filesystem::rename(copy, file);
    execute("SELECT detail FROM events");
    open();
    EXPECT_EQ(store->events({}, 0, 10).value().size(), 1u);
}

TEST_F(SqliteFile, ABackupIsWholePrivateAndNeverOverwrites) {
    open();
    put_one_device();
    const auto copy = folder / "copy.db";
    ASSERT_TRUE(store->backup_to(copy.string()));
    EXPECT_EQ(mode_of(copy), 0600u);
    EXPECT_FALSE(std::filesystem::exists(copy.string() + ".part"));
    EXPECT_EQ(store->backup_to(copy.string()).error().code, "P-6015");
    EXPECT_EQ(store->backup_to((folder / "no/such/folder").string()).error().code, "P-6015");
    change([](Transaction& t) { return t.delete_device(mac(1)); });
    const auto restored = open_sqlite_store(copy, contract::test_audit_keys()).value();
    EXPECT_TRUE(restored->device(mac(1)).value());
}

TEST_F(SqliteFile, ABackupRunsWhileOthersWrite) {
    open();
    put_one_device();
    std::atomic<bool> stop = false;
    std::thread writing([&] {
        for (int i = 0; !stop; ++i)
            change([&](Transaction& t) -> Status {  // both or neither
                PROVOST_CHECK(t.put_note("left", std::to_string(i)));
                return t.put_note("right", std::to_string(i));
            });
    });
    for (int i = 0; i < 5; ++i) {
        const auto copy = folder / ("copy" + std::to_string(i));
        ASSERT_TRUE(store->backup_to(copy.string()));
        const auto restored = open_sqlite_store(copy, contract::test_audit_keys()).value();
        EXPECT_EQ(restored->note("left").value(), restored->note("right").value());
    }
    stop = true;
    writing.join();
}

}  // namespace
}  // namespace provost
