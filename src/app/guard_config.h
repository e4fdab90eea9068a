// The block `guard` of the server's configuration.
#pragma once

#include "service/guard_post.h"
#include "vendor/yaml_reader.h"

namespace provost {

// Defaults where there is no such block. Mistakes: P-2012 no network, P-2103, P-2107.
GuardSettings read_guard(const Yaml& value);

}  // namespace provost
