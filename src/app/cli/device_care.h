// `device note`, `device mute`, `device unmute`.
#pragma once

#include "app/cli/command.h"

namespace provost::cli {

void add_device_care(Command noun, Shell& shell);

}  // namespace provost::cli
