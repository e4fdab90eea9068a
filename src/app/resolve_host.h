// A host's addresses, as this machine's resolver knows them. Blocks for as long as that takes.
#pragma once

#include "domain/network.h"

#include <string>
#include <vector>

namespace provost {

// Of a name or an address; each once, in order. P-7030: it has none, or can't be looked up.
Result<std::vector<IpAddress>> resolve_host(const std::string& host);

}  // namespace provost
