// Source networks: "192.0.2.0/24", "2001:db8::/32", or a single address.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

struct Network {
    std::array<std::uint8_t, 16> address{};  // IPv4 as ::ffff:a.b.c.d
    int bits = 128;                          // of all 128
    bool operator==(const Network&) const = default;
};

// nullopt unless the address is one and no bit is set behind the prefix.
std::optional<Network> parse_network(std::string_view text);
// Comma-separated; empty for the empty text.
std::optional<std::vector<Network>> parse_networks(std::string_view text);
// `address` as text. An address that is none is in no network.
bool contains(const Network& network, std::string_view address);
// Any of them; no networks at all mean everywhere.
bool allows(const std::vector<Network>& networks, std::string_view address);

}  // namespace provost
