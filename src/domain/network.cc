#include "domain/network.h"

#include "domain/text.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace provost {

namespace {

using Address = std::array<std::uint8_t, 16>;
constexpr int mapped_bits = 96;

struct ReadAddress {
    Address bytes{};
    bool v4 = false;
};

std::optional<ReadAddress> read_address(std::string_view text) {
    const std::string copy(text.substr(0, text.find('%')));
    ReadAddress read;
    if (inet_pton(AF_INET, copy.c_str(), read.bytes.data() + 12) == 1) {
        read.v4 = true;
        read.bytes[10] = read.bytes[11] = 0xff;
        return read;
    }
    if (inet_pton(AF_INET6, copy.c_str(), read.bytes.data()) == 1) return read;
    return std::nullopt;
}

bool same_prefix(const Address& a, const Address& b, int bits) {
    const auto whole = static_cast<std::size_t>(bits / 8);
    if (!std::equal(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(whole), b.begin())) return false;
    if (bits % 8 == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - bits % 8));
    return ((a[whole] ^ b[whole]) & mask) == 0;
}

bool is_clear_behind(const Address& address, int bits) {
    for (int bit = bits; bit < 128; ++bit)
        if ((address[static_cast<std::size_t>(bit / 8)] & (0x80 >> (bit % 8))) != 0) return false;
    return true;
}

}  // namespace

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = read_address(text.substr(0, slash));
    if (!address || text.find('%') != text.npos) return std::nullopt;
    Network network{address->bytes, 128};
    if (slash == text.npos) return network;
    const auto digits = text.substr(slash + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), network.bits);
    const int most = address->v4 ? 32 : 128;
    if (error != std::errc() || end != digits.data() + digits.size() || network.bits < 0 ||
        network.bits > most)
        return std::nullopt;
    if (address->v4) network.bits += mapped_bits;
    if (!is_clear_behind(network.address, network.bits)) return std::nullopt;
    return network;
}

std::optional<std::vector<Network>> parse_networks(std::string_view text) {
    std::vector<Network> networks;
    while (!trim(text).empty()) {
        const auto comma = text.find(',');
        const auto network = parse_network(trim(text.substr(0, comma)));
        if (!network) return std::nullopt;
        networks.push_back(*network);
        text = comma == text.npos ? std::string_view() : text.substr(comma + 1);
    }
    return networks;
}

bool contains(const Network& network, std::string_view address) {
    const auto read = read_address(address);
    return read && same_prefix(network.address, read->bytes, network.bits);
}

bool allows(const std::vector<Network>& networks, std::string_view address) {
    return networks.empty() || std::any_of(networks.begin(), networks.end(), [&](const Network& network) {
               return contains(network, address);
           });
}

}  // namespace provost
