// Connections for reading, made as threads need them and lent to one thread at a time.
#pragma once

#include "storage/sqlite/database.h"

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

namespace provost::sqlite {

class ReaderPool {
 public:
    ReaderPool(std::filesystem::path file, std::size_t most) : file_(std::move(file)), most_(most) {}

    class Lease {
     public:
        Lease(ReaderPool& pool, std::unique_ptr<Database> database)
            : pool_(pool), database_(std::move(database)) {}
        Lease(Lease&&) = default;
        ~Lease() {
            if (database_) pool_.give_back(std::move(database_));
        }
        Database& operator*() { return *database_; }

     private:
        ReaderPool& pool_;
        std::unique_ptr<Database> database_;
    };
    // The connection used last, whose pages are warm; waits while the most allowed are lent. No thread may
    // hold two.
    Result<Lease> borrow();

 private:
    void give_back(std::unique_ptr<Database> database);

    const std::filesystem::path file_;
    const std::size_t most_;
    std::mutex mutex_;  // guards what follows
    std::condition_variable returned_;
    std::vector<std::unique_ptr<Database>> idle_;
    std::size_t made_ = 0;
};

}  // namespace provost::sqlite
