// The system calls that a process may still make (seccomp): a list, and death for all else.
#pragma once

#include "base/result.h"

#include <cstdint>

namespace provost {

enum class SandboxRole : std::uint8_t { server, key_holder };

struct SyscallRules {
    SandboxRole role = SandboxRole::server;
    bool connects = false;  // may open sockets to elsewhere
};

// From now on, for all threads. A call that is not on the list ends the process (SIGSYS). P-1123.
Status filter_syscalls(const SyscallRules& rules);

// Whether the program is a sanitizer's build, whose runtime makes calls of its own; the list is longer then.
bool is_sanitized();

}  // namespace provost
