// A shim for LD_PRELOAD: makes chosen file operations below one folder fail, as a full, read-only or broken
// disk does. PROVOST_FAULTS names a file of control; whoever maps it too counts the calls and switches faults
// on and off while the program runs (tests/e2e/faults.py).
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

enum Kind : std::uint64_t { opened, written, synced, renamed, resized, unlinked };
constexpr std::size_t kinds = 6;
enum Mode : std::uint64_t {
    plain,        // nothing is done
    short_write,  // half is written, and that is said
    torn_write    // half is written, and an error is said
};

using Number = std::atomic<std::uint64_t>;
static_assert(Number::is_always_lock_free && sizeof(Number) == 8);

// As faults.py has it.
struct Control {
    Number calls;                      // of the chosen kinds so far
    Number first, many;                // these of them fail, counted from 1; first 0: none
    Number error;                      // errno of the failures
    Number chosen;                     // bits of kinds
    Number mode;                       // of writes
    Number failed;                     // how many did
    std::array<Number, kinds> counts;  // of all calls, by kind
    char folder[1024];                 // absolute
};

Control* control = nullptr;
constexpr int most_files = 65'536;
std::array<std::atomic<bool>, most_files> ours;

__attribute__((constructor)) void map_control() {
    const char* const name = std::getenv("PROVOST_FAULTS");
    if (name == nullptr) return;
    const auto fd = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC));
    if (fd < 0) std::abort();
    void* const mapped = ::mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    ::syscall(SYS_close, fd);
    if (mapped == MAP_FAILED) std::abort();
    control = static_cast<Control*>(mapped);
}

template <class Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

bool below(const char* path) {
    return control != nullptr && path != nullptr &&
           std::strncmp(path, control->folder, std::strlen(control->folder)) == 0;
}

bool is_ours(int fd) {
    return control != nullptr && fd >= 0 && fd < most_files && ours[static_cast<std::size_t>(fd)];
}

void mark(int fd, bool whether) {
    if (fd >= 0 && fd < most_files) ours[static_cast<std::size_t>(fd)] = whether;
}

// Counts the call; true with errno set if it is to fail.
bool fails(Kind kind) {
    ++control->counts[kind];
    if ((control->chosen & (1U << kind)) == 0) return false;
    const std::uint64_t number = ++control->calls, first = control->first;
    if (first == 0 || number < first || number - first >= control->many) return false;
    ++control->failed;
    errno = static_cast<int>(control->error);
    return true;
}

template <class Write>
ssize_t write_or_fail(int fd, std::size_t size, Write&& write) {
    if (!is_ours(fd) || !fails(written)) return write(size);
    const int error = errno;
    if (control->mode == plain || size < 2) return -1;
    const auto done = write(size / 2);
    if (control->mode == short_write) return done;
    errno = error;
    return -1;
}

template <class Open>
int open_or_fail(const char* path, int flags, Open&& open) {
    const bool counts = below(path);
    if (counts && (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0 && fails(opened)) return -1;
    const int fd = open();
    mark(fd, counts);
    return fd;
}

template <class Act>
int act_or_fail(bool counts, Kind kind, Act&& act) {
    return counts && fails(kind) ? -1 : act();
}

}  // namespace

extern "C" {

#define MODE_OF(flags)                                 \
    mode_t mode = 0;                                   \
    if (((flags) & (O_CREAT | __O_TMPFILE)) != 0) {    \
        va_list rest;                                  \
        va_start(rest, flags);                         \
        mode = static_cast<mode_t>(va_arg(rest, int)); \
        va_end(rest);                                  \
    }

int open(const char* path, int flags, ...) {
    MODE_OF(flags)
    return open_or_fail(path, flags,
                        [&] { return next<int(const char*, int, ...)>("open")(path, flags, mode); });
}
int open64(const char* path, int flags, ...) {
    MODE_OF(flags)
    return open_or_fail(path, flags,
                        [&] { return next<int(const char*, int, ...)>("open64")(path, flags, mode); });
}
int openat(int folder, const char* path, int flags, ...) {
    MODE_OF(flags)
    return open_or_fail(path, flags, [&] {
        return next<int(int, const char*, int, ...)>("openat")(folder, path, flags, mode);
    });
}
int close(int fd) {
    mark(fd, false);
    return next<int(int)>("close")(fd);
}

ssize_t write(int fd, const void* data, size_t size) {
    return write_or_fail(fd, size, [&](size_t part) {
        return next<ssize_t(int, const void*, size_t)>("write")(fd, data, part);
    });
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
    return write_or_fail(fd, size, [&](size_t part) {
        return next<ssize_t(int, const void*, size_t, off_t)>("pwrite")(fd, data, part, offset);
    });
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
    return write_or_fail(fd, size, [&](size_t part) {
        return next<ssize_t(int, const void*, size_t, off64_t)>("pwrite64")(fd, data, part, offset);
    });
}

int fsync(int fd) {
    return act_or_fail(is_ours(fd), synced, [&] { return next<int(int)>("fsync")(fd); });
}
int fdatasync(int fd) {
    return act_or_fail(is_ours(fd), synced, [&] { return next<int(int)>("fdatasync")(fd); });
}

int ftruncate(int fd, off_t size) {
    return act_or_fail(is_ours(fd), resized, [&] { return next<int(int, off_t)>("ftruncate")(fd, size); });
}
int ftruncate64(int fd, off64_t size) {
    return act_or_fail(is_ours(fd), resized,
                       [&] { return next<int(int, off64_t)>("ftruncate64")(fd, size); });
}
int fallocate(int fd, int how, off_t offset, off_t size) {
    return act_or_fail(is_ours(fd), resized,
                       [&] { return next<int(int, int, off_t, off_t)>("fallocate")(fd, how, offset, size); });
}

int rename(const char* from, const char* to) {
    return act_or_fail(below(to), renamed,
                       [&] { return next<int(const char*, const char*)>("rename")(from, to); });
}
int link(const char* from, const char* to) {
    return act_or_fail(below(to), renamed,
                       [&] { return next<int(const char*, const char*)>("link")(from, to); });
}
int unlink(const char* path) {
    return act_or_fail(below(path), unlinked, [&] { return next<int(const char*)>("unlink")(path); });
}

}  // extern "C"
