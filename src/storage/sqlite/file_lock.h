// One process per database.
#pragma once

#include "base/result.h"

#include <filesystem>
#include <utility>

#include <unistd.h>

namespace provost::sqlite {

// Held until it dies or the process does. A file beside the database, because closing any descriptor of the
// database itself would drop the locks that SQLite holds on it.
class FileLock {
 public:
    static Result<FileLock> take(const std::filesystem::path& database);  // P-6013 if another process has it
    ~FileLock() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;

 private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

}  // namespace provost::sqlite
