// File handles: as many as the system lets this process have, and no door that takes more connections than
// there are handles for.
#pragma once

#include "net/phone_door.h"

#include <cstddef>
#include <vector>

namespace provost {

// Raises the soft limit to the hard one; gives what holds now.
std::size_t raise_file_limit();

// Lowers `connections` of the doors, in proportion, until all together leave `others` handles; true if it
// did.
bool fit_connections(std::vector<DoorSettings>& doors, std::size_t handles, std::size_t others);

// What everything but the phones' connections needs at most: the store's readers, key files, the operators'
// socket, listeners.
inline constexpr std::size_t other_handles = 512;

}  // namespace provost
