// `provost simulate`: phones that boot against a server on this machine.
#pragma once

#include <CLI/CLI.hpp>

namespace provost {

// Adds the command. `exit_code` gets 0 all as expected, 1 none or failed, 3 some not.
void add_simulate(CLI::App& app, int& exit_code);

}  // namespace provost
