#include "vault/private_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr mode_t of_others = S_IRWXG | S_IRWXO;

Status check_owner(const struct stat& facts, const std::filesystem::path& path, const char* code) {
    if (facts.st_uid == ::geteuid()) return {};
    return fail({code, "keys must belong to the user that runs the server", path.string(),
                 "they belong to user number " + std::to_string(facts.st_uid),
                 "chown " + std::to_string(::geteuid()) + " " + path.string()});
}

}  // namespace

Result<std::size_t> check_private(int descriptor, const std::filesystem::path& file, const char* code) {
    struct stat facts {};
    if (::fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode))
        return fail({code, "this is not a file of keys", file.string(), "", "Put the right file back"});
    PROVOST_CHECK(check_owner(facts, file, code));
    if ((facts.st_mode & of_others) != 0)
        return fail(
            {code, "keys are open to others than their owner", file.string(), "",
             "chmod go= " + file.string() + ", and count the keys as known if others were at this machine"});
    return static_cast<std::size_t>(facts.st_size);
}

Status check_private_folder(const std::filesystem::path& folder) {
    struct stat facts {};
    if (::stat(folder.c_str(), &facts) != 0)
        return fail({"P-5004", "the key folder can't be read", folder.string(), std::strerror(errno),
                     "'provost server init' makes one"});
    PROVOST_CHECK(check_owner(facts, folder, "P-5006"));
    if (S_ISDIR(facts.st_mode) && (facts.st_mode & of_others) == 0) return {};
    return fail(
        {"P-5006", "the key folder is open to others", folder.string(), "", "chmod 700 " + folder.string()});
}

std::optional<std::string> write_private_file(const std::filesystem::path& file, ByteView bytes) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
    const bool written =
        descriptor >= 0 &&
        ::write(descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
        ::fsync(descriptor) == 0;
    std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (written) return std::nullopt;
    if (descriptor >= 0) ::unlink(file.c_str());  // half of one would pass for one later
    return why;
}

Status sync_folder(const std::filesystem::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    if (synced) return {};
    return fail({"P-5009", "the key folder can't be written", folder.string(), why, "Check the disk"});
}

}  // namespace provost
