#include "app/write_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace provost {

namespace {

// 0, or what was in the way.
int write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return errno;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return 0;
}

int write_into(const std::filesystem::path& file, int flags, mode_t mode, std::string_view text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode);
    if (descriptor < 0) return errno;
    const int trouble = write_all(descriptor, text);
    return ::close(descriptor) != 0 && trouble == 0 ? errno : trouble;
}

Status outcome(const std::filesystem::path& file, int trouble) {
    if (trouble == 0) return {};
    return fail({"P-1116", "the file can't be written", file.string(),
                 std::error_code(trouble, std::generic_category()).message(),
                 "Check its folder, its rights and the space"});
}

}  // namespace

// The draft is made anew: one that lies there may be open to others.
Status replace_file(const std::filesystem::path& file, std::string_view text, Readers readers) {
    auto draft = file;
    draft += ".new";
    ::unlink(draft.c_str());
    int trouble = write_into(draft, O_EXCL, readers == Readers::owner ? 0600 : 0666, text);
    if (trouble == 0 && ::rename(draft.c_str(), file.c_str()) != 0) trouble = errno;
    return outcome(file, trouble);
}

Status write_output(const std::filesystem::path& file, std::string_view text) {
    return outcome(file, write_into(file, O_TRUNC, 0600, text));
}

}  // namespace provost
