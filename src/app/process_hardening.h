// Keeps what the process holds out of core dumps and swap, as far as the system lets us.
#pragma once

namespace provost {

// No core files, not dumpable, present and future pages locked where the limit allows it. Says in the log
// what it could not do; the server runs on without.
void harden_process();

}  // namespace provost
