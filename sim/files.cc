#include "sim/files.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace provost::sim {

namespace {

Error can_not_write(const std::filesystem::path& path, int reason) {
    return {.code = "P-9006", .what = "can't write", .where = path.string(), .why = std::strerror(reason)};
}

int write_all(int file, std::string_view content) {
    while (!content.empty()) {
        const auto written = write(file, content.data(), content.size());
        if (written < 0) return errno;
        content.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) {
        return fail({.code = "P-9002",
                     .what = "can't read the file",
                     .where = path.string(),
                     .why = std::strerror(errno)});
    }
    return std::string(std::istreambuf_iterator<char>(in), {});
}

Status write_file(const std::filesystem::path& path, std::string_view content) {
    const std::string fresh = path.string() + ".new";
    const int file = open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) return fail(can_not_write(path, errno));
    const int fault = write_all(file, content);
    close(file);
    if (fault != 0) return fail(can_not_write(path, fault));
    if (std::rename(fresh.c_str(), path.c_str()) != 0) return fail(can_not_write(path, errno));
    return {};
}

Status make_folder(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) return {};
    std::filesystem::create_directories(path, error);
    if (error) return fail(can_not_write(path, error.value()));
    if (chmod(path.c_str(), 0700) != 0) return fail(can_not_write(path, errno));
    return {};
}

}  // namespace provost::sim
