// `device compare`.
#pragma once

#include "app/cli/command.h"

namespace provost::cli {

void add_device_compare(Command noun, Shell& shell);

}  // namespace provost::cli
