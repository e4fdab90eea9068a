#include "app/process_hardening.h"

#include "service/log.h"

#include <array>
#include <cerrno>
#include <cstring>

#include <linux/capability.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace provost {

namespace {

void warn(const char* what) {
    log_event(LogLevel::warning, "process.not-hardened", what, {{"why", std::strerror(errno)}});
}

// Locking all memory under a limit would make a later allocation fail instead of swap, so it needs no limit.
bool may_lock_everything() {
    rlimit limit{};
    return getrlimit(RLIMIT_MEMLOCK, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

}  // namespace

void harden_process() {
    const rlimit none{0, 0};
    rlimit core{};
    const bool off = getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_max == 0;
    if (!off && setrlimit(RLIMIT_CORE, &none) != 0) warn("core dumps stay on");
    if (prctl(PR_SET_DUMPABLE, 0) != 0) warn("the process stays dumpable");
    // On fault only: locking the reserve of every thread's stack at once would cost memory that nothing uses.
    if (!may_lock_everything() || mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0)
        log_event(LogLevel::info, "process.memory-not-locked", "memory is not locked",
                  {{"why", "memlock limit"}, {"fix", "keep swap off or encrypted"}});
}

void drop_privileges() {
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) warn("the process may gain privileges");
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    for (int one = 0; prctl(PR_CAPBSET_READ, one, 0, 0, 0) >= 0; ++one)
        prctl(PR_CAPBSET_DROP, one, 0, 0, 0);  // refused to who has no capabilities anyhow
    __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
    std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3> held{};
    if (syscall(SYS_capget, &header, held.data()) != 0) return warn("capabilities stay");
    if (held[0].permitted == 0 && held[1].permitted == 0) return;  // there are none
    const auto low_ports = held[0].permitted & (1U << CAP_NET_BIND_SERVICE);
    held.fill({});
    held[0].permitted = held[0].effective = low_ports;
    if (syscall(SYS_capset, &header, held.data()) != 0) warn("capabilities stay");
}

}  // namespace provost
