// Who holds the keys of a server: its own process, or a key holder's.
#pragma once

#include "app/server_config.h"
#include "vault/holder_client.h"

namespace provost {

// Opens the key folder, or reaches the key holder, for which it waits a moment. Keys of an audit trail are
// made at the first start of an installation that has none, and never where a trail is there already. Errors
// of vault/.
Result<HeldKeys> reach_keys(const ServerConfig& config);

}  // namespace provost
