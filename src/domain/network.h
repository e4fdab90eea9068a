// IP networks by prefix (CIDR, RFC 4632 and RFC 4291 section 2.3): where a device may come from.
#pragma once

#include "base/result.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// An IPv4 address is kept as IPv6 maps it (RFC 4291 section 2.5.5.2), so that a listener for both sees one.
struct IpAddress {
    std::array<std::uint8_t, 16> bytes{};

    static std::optional<IpAddress> parse(std::string_view text);  // "192.0.2.7", "2001:db8::7"
    [[nodiscard]] bool is_v4() const;
    [[nodiscard]] std::string text() const;
    bool operator==(const IpAddress&) const = default;
};

// The first `bits` of the sixteen bytes; the others are zero.
IpAddress masked(IpAddress address, int bits);

struct Network {
    IpAddress address;  // bits beyond `bits` are zero
    int bits = 128;     // of the sixteen bytes: an IPv4 /24 has 120

    [[nodiscard]] bool contains(const IpAddress& one) const;
    [[nodiscard]] std::string text() const;  // "192.0.2.0/24"
    bool operator==(const Network&) const = default;
};

using Networks = std::vector<Network>;
constexpr std::size_t most_networks = 64;

// "192.0.2.0/24,2001:db8::/32"; an address alone is a network of one; "any" is every address, "none" is none.
// P-2012 with `where` as its place for one that is no network, or has bits beyond its prefix.
Result<Networks> parse_networks(std::string_view text, std::string_view where);
std::string to_text(const Networks& networks);  // parse_networks gives it back
// False for a source that is no address.
bool contains(const Networks& networks, std::string_view source);

}  // namespace provost
