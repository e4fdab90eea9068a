// Where a peer comes from, as budgets and bans count it.
#pragma once

#include "base/bytes.h"
#include "domain/network.h"

#include <array>
#include <cstdint>

namespace provost {

// Drawn at the start, so that nobody outside can tell which keys share a slot of a table.
using ScatterSeed = std::array<std::uint8_t, 16>;

// SipHash-2-4; never 0.
std::uint64_t scatter(const ScatterSeed& seed, ByteView bytes);
std::uint64_t scatter(const ScatterSeed& seed, std::uint64_t value);

// What one customer is given: an IPv4 address, or an IPv6 /64.
Network host_of(const IpAddress& address);
// What one operator is likely to hold: an IPv4 /24, or an IPv6 /48.
Network network_of(const IpAddress& address);

struct Source {
    IpAddress address;
    std::uint64_t host = 0;     // key of host_of(address)
    std::uint64_t network = 0;  // key of network_of(address)
    bool allowed = false;       // on the operators' allow-list: nothing is counted against it
};

}  // namespace provost
