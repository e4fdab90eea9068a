// A folder for one test, and stores within it.
#pragma once

#include "storage/sqlite/sqlite_store.h"
#include "tests/contract/audit_keys_of_tests.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace provost {

class TemporaryFolder {
 public:
    TemporaryFolder() {
        auto name = (std::filesystem::temp_directory_path() / "provost-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
    std::filesystem::path path_;
};

// One that is there until the program ends.
inline std::unique_ptr<Store> empty_store() {
    static std::vector<std::unique_ptr<TemporaryFolder>> folders;
    folders.push_back(std::make_unique<TemporaryFolder>());
    return open_sqlite_store(*folders.back() / "provost.db", contract::test_audit_keys()).value();
}

inline std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class SqliteStoreTest : public testing::Test {
 protected:
    // Every byte that lies in the database's own files now.
    [[nodiscard]] std::string stored_bytes() const {
        return bytes_of(file) + bytes_of(file.string() + "-wal") + bytes_of(file.string() + "-shm");
    }
    void open(const SqliteOptions& options = {}) {
        store.reset();
        auto opened = open_sqlite_store(file, contract::test_audit_keys(), options);
        ASSERT_TRUE(opened) << opened.error().text();
        store = std::move(*opened);
    }
    void change(const Change& change) {
        const auto done = store->apply(change);
        ASSERT_TRUE(done) << done.error().text();
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder / "provost.db";
    std::unique_ptr<Store> store;
};

}  // namespace provost
