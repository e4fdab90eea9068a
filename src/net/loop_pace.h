// What the loops of all doors keep to.
#pragma once

#include "net/phone_door.h"
#include "net/request_parser.h"

#include <chrono>

namespace provost {

// One coarse sweep looks after every deadline of a loop, instead of a timer per read.
inline constexpr std::chrono::milliseconds sweep_period{250};
// After so many new connections the others get their turn.
inline constexpr int accepts_per_turn = 16;
// What a peer has to take its leave in.
inline constexpr int closing_seconds = 5;

inline RequestLimits request_limits(const DoorLimits& door, std::uint64_t body) {
    return {door.request_line, door.header_bytes, door.headers, body};
}

}  // namespace provost
