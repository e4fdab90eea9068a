#include "app/sandbox/syscall_filter.h"

#include <cerrno>
#include <cstring>
#include <initializer_list>
#include <memory>

#include <linux/sockios.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace provost {

namespace {

// What both do: memory, locks, time, the talk on sockets that are open, the end.
constexpr auto common = {SCMP_SYS(read),
                         SCMP_SYS(write),
                         SCMP_SYS(writev),
                         SCMP_SYS(pread64),
                         SCMP_SYS(pwrite64),
                         SCMP_SYS(close),
                         SCMP_SYS(fsync),
                         SCMP_SYS(fstat),
                         SCMP_SYS(newfstatat),
                         SCMP_SYS(lseek),
                         SCMP_SYS(unlink),
                         SCMP_SYS(unlinkat),
                         SCMP_SYS(munmap),
                         SCMP_SYS(mremap),
                         SCMP_SYS(madvise),
                         SCMP_SYS(brk),
                         SCMP_SYS(mlock),
                         SCMP_SYS(mlock2),
                         SCMP_SYS(munlock),
                         SCMP_SYS(futex),
                         SCMP_SYS(set_robust_list),
                         SCMP_SYS(rseq),
                         SCMP_SYS(sched_yield),
                         SCMP_SYS(sched_getaffinity),
                         SCMP_SYS(gettid),
                         SCMP_SYS(getpid),
                         SCMP_SYS(getuid),
                         SCMP_SYS(geteuid),
                         SCMP_SYS(getgid),
                         SCMP_SYS(getegid),
                         SCMP_SYS(exit),
                         SCMP_SYS(exit_group),
                         SCMP_SYS(rt_sigaction),
                         SCMP_SYS(rt_sigprocmask),
                         SCMP_SYS(rt_sigreturn),
                         SCMP_SYS(rt_sigtimedwait),
                         SCMP_SYS(sigaltstack),
                         SCMP_SYS(restart_syscall),
                         SCMP_SYS(clock_gettime),
                         SCMP_SYS(clock_getres),
                         SCMP_SYS(clock_nanosleep),
                         SCMP_SYS(nanosleep),
                         SCMP_SYS(gettimeofday),
                         SCMP_SYS(time),
                         SCMP_SYS(getrandom),
                         SCMP_SYS(poll),
                         SCMP_SYS(ppoll),
                         SCMP_SYS(accept4),
                         SCMP_SYS(recvfrom),
                         SCMP_SYS(sendto),
                         SCMP_SYS(getsockopt),
                         SCMP_SYS(setsockopt),
                         SCMP_SYS(shutdown),
                         SCMP_SYS(fcntl)};

// Files and folders (Landlock says which), event loops, connections that phones made.
constexpr auto of_server = {
    SCMP_SYS(openat),          SCMP_SYS(open),          SCMP_SYS(readv),          SCMP_SYS(stat),
    SCMP_SYS(lstat),           SCMP_SYS(statx),         SCMP_SYS(access),         SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),      SCMP_SYS(readlink),      SCMP_SYS(readlinkat),     SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),          SCMP_SYS(flock),         SCMP_SYS(ftruncate),      SCMP_SYS(fallocate),
    SCMP_SYS(fdatasync),       SCMP_SYS(link),          SCMP_SYS(linkat),         SCMP_SYS(rename),
    SCMP_SYS(renameat),        SCMP_SYS(renameat2),     SCMP_SYS(mkdir),          SCMP_SYS(mkdirat),
    SCMP_SYS(chmod),           SCMP_SYS(fchmod),        SCMP_SYS(fchmodat),       SCMP_SYS(fchown),
    SCMP_SYS(umask),           SCMP_SYS(statfs),        SCMP_SYS(fstatfs),        SCMP_SYS(msync),
    SCMP_SYS(mlockall),        SCMP_SYS(eventfd2),      SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_settime),
    SCMP_SYS(timerfd_gettime), SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl),      SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),     SCMP_SYS(epoll_pwait2),  SCMP_SYS(select),         SCMP_SYS(pselect6),
    SCMP_SYS(accept),          SCMP_SYS(recvmsg),       SCMP_SYS(sendmsg),        SCMP_SYS(connect),
    SCMP_SYS(getsockname),     SCMP_SYS(getpeername),   SCMP_SYS(uname),          SCMP_SYS(sysinfo),
    SCMP_SYS(getrusage),       SCMP_SYS(times)};

// What the sanitizers' runtime does at start, on a report, and to look for leaks at the end.
constexpr auto of_sanitizers = {
    SCMP_SYS(mmap),      SCMP_SYS(mprotect), SCMP_SYS(clone),      SCMP_SYS(ptrace),
    SCMP_SYS(prctl),     SCMP_SYS(wait4),    SCMP_SYS(tgkill),     SCMP_SYS(getppid),
    SCMP_SYS(openat),    SCMP_SYS(readlink), SCMP_SYS(getdents64), SCMP_SYS(uname),
    SCMP_SYS(prlimit64), SCMP_SYS(pipe),     SCMP_SYS(pipe2),      SCMP_SYS(process_vm_readv)};

class Filter {
 public:
    Filter() : context_(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release) {}

    void allow(std::initializer_list<int> calls) {
        for (const int call : calls) add(SCMP_ACT_ALLOW, call, {});
    }
    void allow(int call, std::initializer_list<scmp_arg_cmp> only) { add(SCMP_ACT_ALLOW, call, only); }
    void refuse(int call, int error, std::initializer_list<scmp_arg_cmp> only = {}) {
        add(SCMP_ACT_ERRNO(static_cast<std::uint32_t>(error)), call, only);
    }
    // For all threads.
    Status load() {
        if (context_ && good_)
            good_ = seccomp_attr_set(context_.get(), SCMP_FLTATR_CTL_TSYNC, 1) == 0 &&
                    seccomp_attr_set(context_.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                    seccomp_load(context_.get()) == 0;
        if (context_ && good_) return {};
        return fail({"P-1123", "the sandbox can't be entered", "seccomp", std::strerror(errno),
                     "Set 'sandbox: off' if this system can't have it"});
    }

 private:
    void add(std::uint32_t action, int call, std::initializer_list<scmp_arg_cmp> only) {
        const int added = context_ ? seccomp_rule_add_array(context_.get(), action, call,
                                                            static_cast<unsigned>(only.size()), only.begin())
                                   : -ENOMEM;
        good_ = good_ && (added == 0 || added == -EEXIST || added == -EDOM);  // EDOM: not on this machine
    }

    std::unique_ptr<void, decltype(&seccomp_release)> context_;
    bool good_ = true;
};

// Nothing becomes code that was not: pages are never both writable and executable, nor become executable.
void allow_memory(Filter& filter, SandboxRole role) {
    const auto none_of = [](unsigned argument, int bits) {
        return SCMP_CMP64(argument, SCMP_CMP_MASKED_EQ, static_cast<scmp_datum_t>(bits), 0);
    };
    filter.allow(SCMP_SYS(mmap), {none_of(2, PROT_EXEC)});
    if (role == SandboxRole::server) filter.allow(SCMP_SYS(mmap), {none_of(2, PROT_WRITE)});  // a library
    filter.allow(SCMP_SYS(mprotect), {none_of(2, PROT_EXEC)});
}

// Threads, but no processes; glibc goes back to the older call, whose flags can be seen.
void allow_threads(Filter& filter) {
    const auto thread = static_cast<scmp_datum_t>(CLONE_THREAD);
    filter.refuse(SCMP_SYS(clone3), ENOSYS);
    filter.allow(SCMP_SYS(clone), {SCMP_CMP64(0, SCMP_CMP_MASKED_EQ, thread, thread)});
    filter.allow(SCMP_SYS(prctl), {SCMP_CMP64(0, SCMP_CMP_EQ, PR_SET_NAME)});
    if (!is_sanitized()) filter.refuse(SCMP_SYS(prctl), EPERM, {SCMP_CMP64(0, SCMP_CMP_NE, PR_SET_NAME)});
}

// A new socket is one to the key holder, or to the system's user database.
void allow_sockets(Filter& filter, bool connects) {
    const auto family = [](int which) {
        return SCMP_CMP64(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(which));
    };
    filter.allow(SCMP_SYS(socket), {family(AF_UNIX)});
    if (!connects) return;
    filter.allow(SCMP_SYS(socket), {family(AF_INET)});
    filter.allow(SCMP_SYS(socket), {family(AF_INET6)});
    filter.refuse(SCMP_SYS(socket), EAFNOSUPPORT, {family(AF_NETLINK)});  // getaddrinfo looks at interfaces
    filter.allow({SCMP_SYS(sendmmsg), SCMP_SYS(bind)});                   // and binds a socket of UDP
    filter.allow(SCMP_SYS(socketpair), {family(AF_UNIX)});                // libcurl wakes itself
}

void allow_server(Filter& filter, bool connects) {
    filter.allow(of_server);
    allow_threads(filter);
    allow_sockets(filter, connects);
    for (const unsigned long request : {FIONBIO, FIONREAD, SIOCOUTQ})
        filter.allow(SCMP_SYS(ioctl), {SCMP_CMP64(1, SCMP_CMP_EQ, request)});
    filter.refuse(SCMP_SYS(ioctl), ENOTTY, {SCMP_CMP64(1, SCMP_CMP_EQ, TCGETS)});
    filter.allow(SCMP_SYS(prlimit64),
                 {SCMP_CMP64(0, SCMP_CMP_EQ, 0), SCMP_CMP64(2, SCMP_CMP_EQ, 0)});  // to read one's own
}

}  // namespace

bool is_sanitized() {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    return true;
#else
    return false;
#endif
}

Status filter_syscalls(const SyscallRules& rules) {
    Filter filter;
    filter.allow(common);
    allow_memory(filter, rules.role);
    // abort() of a failed assertion.
    filter.allow(SCMP_SYS(tgkill), {SCMP_CMP64(0, SCMP_CMP_EQ, static_cast<scmp_datum_t>(::getpid()))});
    if (rules.role == SandboxRole::server) allow_server(filter, rules.connects);
    if (is_sanitized()) filter.allow(of_sanitizers);
    return filter.load();
}

}  // namespace provost
