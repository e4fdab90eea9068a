#include "app/head_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <unistd.h>

namespace provost {

namespace {

constexpr std::size_t heads_at_most = 10'000'000;  // nineteen years of minutes

Error unusable(const std::filesystem::path& file, const char* what) {
    return {"P-1110", what, file.string(), std::strerror(errno),
            "Check its folder, its rights and the space"};
}

// A write that a full disk or the end of the process cut short.
bool ends_in_mid_line(int descriptor) {
    const auto size = ::lseek(descriptor, 0, SEEK_END);
    char last = '\n';
    return size > 0 && ::pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

}  // namespace

Status append_head(const std::filesystem::path& file, const AuditHead& head) {
    auto line = to_line(head) + "\n";
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (descriptor >= 0 && ends_in_mid_line(descriptor)) line.insert(0, "\n");
    const bool written = descriptor >= 0 &&
                         ::write(descriptor, line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
                         ::fsync(descriptor) == 0;
    const Error error = unusable(file, "the head of the audit trail can't be written");
    if (descriptor >= 0) ::close(descriptor);
    return written ? Status() : fail(error);
}

Result<std::vector<AuditHead>> read_heads(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return fail(unusable(file, "the file of heads can't be read"));
    std::vector<AuditHead> heads;
    for (std::string line; heads.size() < heads_at_most && std::getline(in, line);)
        if (auto head = parse_head(line)) heads.push_back(*head);
    if (!heads.empty()) return heads;
    return fail({"P-1111", "there is no signed head in the file", file.string(), "",
                 "Name what 'audit.head_file' wrote, or lines of 'provost audit head -o ndjson'"});
}

}  // namespace provost
