// Verbs of `device` that care for one phone.
#pragma once

#include "app/cli/command.h"

namespace provost::cli {

void add_device_compare(Command noun, Shell& shell);

}  // namespace provost::cli
