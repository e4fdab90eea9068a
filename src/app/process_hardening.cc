#include "app/process_hardening.h"

#include "service/log.h"

#include <cerrno>
#include <cstring>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

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
    if (setrlimit(RLIMIT_CORE, &none) != 0) warn("core dumps stay on");
    if (prctl(PR_SET_DUMPABLE, 0) != 0) warn("the process stays dumpable");
    // On fault only: locking the reserve of every thread's stack at once would cost memory that nothing uses.
    if (!may_lock_everything() || mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0)
        log_event(LogLevel::info, "process.memory-not-locked", "memory is not locked",
                  {{"why", "memlock limit"}, {"fix", "keep swap off or encrypted"}});
}

}  // namespace provost
