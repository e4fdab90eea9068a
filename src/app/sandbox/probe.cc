#include "app/sandbox/probe.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <functional>
#include <thread>

#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace provost {

namespace {

namespace fs = std::filesystem;

// Whether it could be done; errno says why not.
using Act = std::function<bool()>;

constexpr int done = 0, refused = 64, no_sandbox = 63;  // exit codes; above `refused` errno is added

bool opens(const fs::path& file, int flags) {
    return ::open(file.c_str(), flags | O_CLOEXEC, 0600) >= 0;
}

bool socket_of(int family, int type) {
    return ::socket(family, type | SOCK_CLOEXEC, 0) >= 0;
}

bool runs_a_program() {
    char* arguments[] = {nullptr};
    return ::execve("/bin/true", arguments, arguments) == 0;  // "done" is the program's own exit
}

bool starts_a_process() {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    return child > 0;
}

bool has_code_it_wrote() {
    return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
           MAP_FAILED;
}

bool makes_data_code() {
    void* const page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && ::mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}

bool calls(long number, long a = 0, long b = 0, long c = 0) {
    return ::syscall(number, a, b, c, 0L, 0L) >= 0;
}

bool raises_core_limit() {
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    return ::setrlimit(RLIMIT_CORE, &all) == 0;
}

bool starts_a_thread() {
    bool ran = false;
    std::thread([&] { ran = true; }).join();
    return ran;
}

// Makes and removes a file there.
bool writes_in(const fs::path& folder) {
    const auto file = folder / ".provost-sandbox-check";
    return opens(file, O_WRONLY | O_CREAT | O_EXCL) && ::unlink(file.c_str()) == 0;
}

bool connects_to(const fs::path& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const int made = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return made >= 0 && ::connect(made, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

[[noreturn]] void act_alone(const SandboxPlan& plan, const Act& act) {
    auto sandbox = Sandbox::enter(plan);
    if (!sandbox || !sandbox->close()) ::_exit(no_sandbox);
    errno = 0;
    const bool could = act();
    ::_exit(could ? done : std::min(refused + errno, 255));
}

std::string outcome_of(int status) {
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGSYS ? "killed" : "ended by signal " + std::to_string(WTERMSIG(status));
    const int code = WEXITSTATUS(status);
    if (code == done) return "done";
    if (code == no_sandbox) return "the sandbox can't be entered";
    return "refused: " + std::string(std::strerror(code - refused));
}

Probe probe(const SandboxPlan& plan, std::string act, bool allowed, const Act& work) {
    const pid_t child = ::fork();
    if (child == 0) act_alone(plan, work);
    int status = 0;
    const bool ended = child > 0 && ::waitpid(child, &status, 0) == child;
    return {std::move(act), allowed, ended ? outcome_of(status) : "no process could be made"};
}

struct Forbidden {
    const char* act;
    Act work;
    bool by_sanitizer = false;  // its runtime must be able to
};

std::vector<Forbidden> forbidden() {
    return {{"run a program", runs_a_program},
            {"start a process", starts_a_process, true},
            {"open a raw socket", [] { return socket_of(AF_PACKET, SOCK_RAW); }},
            {"open a socket of TCP", [] { return socket_of(AF_INET, SOCK_STREAM); }},
            {"open a socket of UDP", [] { return socket_of(AF_INET6, SOCK_DGRAM); }},
            {"open a netlink socket", [] { return socket_of(AF_NETLINK, SOCK_RAW); }},
            {"trace its parent", [] { return ::ptrace(PTRACE_ATTACH, ::getppid(), 0, 0) == 0; }},
            {"signal its parent", [] { return ::kill(::getppid(), SIGCONT) == 0; }},
            {"read another's memory", [] { return calls(SYS_process_vm_readv, ::getppid()); }},
            {"write code into memory", has_code_it_wrote, true},
            {"make data executable", makes_data_code, true},
            {"mount", [] { return ::mount("none", "/mnt", "tmpfs", 0, nullptr) == 0; }},
            {"make a namespace", [] { return ::unshare(CLONE_NEWUSER) == 0; }},
            {"become another user", [] { return ::setuid(65534) == 0; }},
            {"load a kernel module", [] { return calls(SYS_finit_module, -1); }},
            {"load a BPF program", [] { return calls(SYS_bpf); }},
            {"use io_uring", [] { return calls(SYS_io_uring_setup, 1); }},
            {"use userfaultfd", [] { return calls(SYS_userfaultfd); }},
            {"read the kernel's keys", [] { return calls(SYS_keyctl); }},
            {"allow core dumps", raises_core_limit, true},
            {"be dumpable", [] { return ::prctl(PR_SET_DUMPABLE, 1) == 0; }, true},
            {"make a device", [] { return ::mknod("/tmp/.provost-sandbox-check", S_IFCHR, 0) == 0; }}};
}

}  // namespace

std::vector<Probe> probe_sandbox(const SandboxPlan& plan, const ProbeTargets& targets) {
    std::vector<Probe> probes;
    const auto add = [&](std::string act, bool allowed, const Act& work) {
        probes.push_back(probe(plan, std::move(act), allowed, work));
    };
    for (const auto& one : forbidden())
        if (!one.by_sanitizer || !is_sanitized()) add(one.act, false, one.work);
    for (const auto& file : targets.no_read)
        add("read " + file.string(), false, [&] { return opens(file, O_RDONLY); });
    add("write to /var/tmp", false, [] { return writes_in("/var/tmp"); });
    for (const auto& file : targets.read)
        add("read " + file.string(), true, [&] { return opens(file, O_RDONLY); });
    for (const auto& folder : targets.write)
        add("write to " + folder.string(), true, [&] { return writes_in(folder); });
    if (!targets.key_holder_socket.empty())
        add("reach the key holder", true, [&] { return connects_to(targets.key_holder_socket); });
    if (plan.role == SandboxRole::server) add("start a thread", true, starts_a_thread);
    return probes;
}

}  // namespace provost
