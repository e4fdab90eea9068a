#include "guard/limit.h"

namespace provost {

namespace {

constexpr double per_minute(double count) {
    return count / 60;
}

constexpr std::array<LimitTraits, limit_count> limit_table = {{
    {Limit::banned, "banned", "the address or its network is banned", {1, 1}},
    {Limit::address_failures,
     "address-failures",
     "refusals of peers at one address that prove nothing; spent, the address waits",
     {per_minute(10), 40}},
    {Limit::network_failures,
     "network-failures",
     "the same for a /24 or /48 from which no device proved itself lately",
     {per_minute(100), 400}},
    {Limit::address_connections, "address-connections", "connections of one unknown address", {50, 1000}},
    {Limit::network_connections,
     "network-connections",
     "connections of unknown addresses of one /24 or /48",
     {200, 4000}},
    {Limit::all_connections, "all-connections", "connections of all unknown addresses", {1000, 5000}},
    {Limit::known_connections,
     "known-connections",
     "connections of one address with known devices",
     {400, 20'000}},
    {Limit::reserve_connections,
     "reserve-connections",
     "connections of all addresses with known devices: no stranger draws from it",
     {2000, 20'000}},
    {Limit::address_handshakes, "address-handshakes", "handshakes of one unknown address", {30, 600}},
    {Limit::network_handshakes,
     "network-handshakes",
     "handshakes of unknown addresses of one /24 or /48",
     {100, 2000}},
    {Limit::all_handshakes,
     "all-handshakes",
     "handshakes of all unknown addresses: what the server's processors can spare",
     {300, 1500}},
    {Limit::known_handshakes,
     "known-handshakes",
     "handshakes of one address with known devices",
     {400, 20'000}},
    {Limit::reserve_handshakes,
     "reserve-handshakes",
     "handshakes of all addresses with known devices: no stranger draws from it",
     {1000, 20'000}},
    {Limit::device_failures,
     "device-failures",
     "a proved device's requests for what is another's",
     {per_minute(2), 20}},
    {Limit::address_requests,
     "address-requests",
     "requests of peers at one address that prove nothing",
     {10, 600}},
    {Limit::all_requests, "all-requests", "requests of all peers that prove nothing", {500, 3000}},
    {Limit::device_requests, "device-requests", "requests of one proved device", {2, 300}},
    {Limit::address_bytes, "address-bytes", "KiB from and to one unknown address", {256, 32'768}},
    {Limit::network_bytes,
     "network-bytes",
     "KiB from and to unknown addresses of one /24 or /48",
     {1024, 131'072}},
    {Limit::all_bytes, "all-bytes", "KiB from and to all unknown addresses", {8192, 524'288}},
    {Limit::known_bytes,
     "known-bytes",
     "KiB from and to one address with known devices",
     {20'480, 1'000'000}},
    {Limit::device_bytes, "device-bytes", "KiB from and to one proved device", {64, 65'536}},
    {Limit::tenant_requests,
     "tenant-requests",
     "requests of one tenant's proved devices that would get an answer",
     {1000, 200'000}},
    {Limit::tenant_bytes,
     "tenant-bytes",
     "KiB of answers to one tenant's proved devices",
     {16'384, 2'097'152}},
}};

constexpr bool limits_in_order() {
    for (std::size_t i = 0; i < limit_table.size(); ++i)
        if (static_cast<std::size_t>(limit_table[i].limit) != i) return false;
    return true;
}
static_assert(limits_in_order());

}  // namespace

std::span<const LimitTraits, limit_count> limits() {
    return limit_table;
}

AllLimits default_limits() {
    AllLimits all;
    for (std::size_t i = 0; i < limit_count; ++i) all[i].budget = limit_table[i].budget;
    return all;
}

}  // namespace provost
