#include "storage/sqlite/backup.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace provost::sqlite {

namespace {

Error refused(const std::filesystem::path& target, std::string why) {
    return {"P-6015", "the copy of the database can't be written", target.string(), std::move(why),
            "Name a file that is not there yet, in a folder with space that the server may write; in its "
            "sandbox, one of those that "
            "sandbox.write lists"};
}

Status sync(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (!synced) return fail(refused(path, why));
    return {};
}

Status write_part(Database& database, const std::filesystem::path& part) {
    const int descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (descriptor < 0) return fail(refused(part, std::strerror(errno)));
    ::close(descriptor);
    if (const auto done = database.run("VACUUM INTO ?1", part.string()); !done)
        return fail(refused(part, done.error().why));
    return sync(part, O_RDONLY);
}

// A hard link does not replace a file that is there, as a rename would.
Status put_in_place(const std::filesystem::path& part, const std::filesystem::path& target) {
    if (::link(part.c_str(), target.c_str()) != 0) return fail(refused(target, std::strerror(errno)));
    const auto folder = target.has_parent_path() ? target.parent_path() : std::filesystem::path(".");
    return sync(folder, O_RDONLY | O_DIRECTORY);
}

}  // namespace

Status copy_database(Database& database, const std::filesystem::path& target) {
    if (std::error_code ignored; std::filesystem::exists(std::filesystem::symlink_status(target, ignored)))
        return fail(refused(target, "the file exists"));
    const std::filesystem::path part = target.string() + ".part";
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    Status done = write_part(database, part);
    if (done) done = put_in_place(part, target);
    std::filesystem::remove(part, ignored);
    return done;
}

}  // namespace provost::sqlite
