// Keeps what the process holds out of core dumps and swap, and the process within its rights, as far as the
// system lets us.
#pragma once

namespace provost {

// No core files, not dumpable, present and future pages locked where the limit allows it. Says in the log
// what it could not do; the server runs on without.
void harden_process();

// No new privileges by any program, and none of the capabilities but to take low ports, which the list of
// system calls (app/sandbox) leaves no use for later. For this thread and those that it starts.
void drop_privileges();

}  // namespace provost
