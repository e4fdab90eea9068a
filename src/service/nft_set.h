// Bans as nftables takes them (nft -f): two sets whose elements end by themselves.
#pragma once

#include "guard/ban_list.h"

#include <string>
#include <vector>

namespace provost {

// A script that is applied whole or not at all. Makes table and sets where they are not there, empties the
// sets and fills them with the bans that hold. A network within another banned one is left out: sets hold no
// overlaps.
std::string nft_script(std::vector<Ban> bans, Timestamp now);

}  // namespace provost
