#include "storage/sqlite/file_lock.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>

namespace provost::sqlite {

Result<FileLock> FileLock::take(const std::filesystem::path& database) {
    const auto name = database.string() + ".lock";
    FileLock lock(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock.descriptor_ < 0)
        return fail({"P-6013", "the database can't be opened", name, std::strerror(errno),
                     "Make the folder, and give it to the server's user"});
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
    return fail({"P-6013", "the database can't be opened", name, "another process has it open",
                 "End the other server, or name another data folder"});
}

}  // namespace provost::sqlite
