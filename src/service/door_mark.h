// How an event's `tls` tells through which door a phone came. Nothing is added at the main door.
#pragma once

#include "domain/decide.h"
#include "service/door_traits.h"

#include <string>
#include <string_view>

namespace provost {

inline constexpr std::string_view old_door_mark = "; old door ";
inline constexpr std::string_view weak_chain_mark = "; weak chain";

// "TLSv1 DHE-RSA-AES128-SHA; old door lobby; weak chain"
inline std::string mark_door(std::string tls, const DoorTraits& door, const Evidence& evidence) {
    if (door.old_tls)
        tls.append(old_door_mark).append(door.name);
    else if (door.name != "main")
        tls.append("; door ").append(door.name);
    if (evidence.weak_chain) tls.append(weak_chain_mark);
    return tls;
}

// What a recorded visit says of that, for its rating.
inline void read_door_mark(std::string_view tls, Evidence& evidence) {
    evidence.old_door = tls.find(old_door_mark) != tls.npos;
    evidence.weak_chain = tls.find(weak_chain_mark) != tls.npos;
}

}  // namespace provost
