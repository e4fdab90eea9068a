// `provost simulate`: phones that boot against a server on this machine.
#pragma once

#include "app/cli/command_tree.h"

namespace provost::cli {

// Adds the command. `exit_code` gets 0 all as expected, 1 none or failed, 3 some not.
void add_simulate(Command root, int& exit_code);

}  // namespace provost::cli
