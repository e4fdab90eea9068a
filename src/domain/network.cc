#include "domain/network.h"

#include "domain/text.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

namespace provost {

namespace {

constexpr int v4_offset = 96;  // bits in front of an IPv4 address
constexpr std::array<std::uint8_t, 12> v4_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::uint8_t mask_of_byte(int byte, int bits) {
    const int left = std::clamp(bits - byte * 8, 0, 8);
    return static_cast<std::uint8_t>(0xff00U >> static_cast<unsigned>(left));
}

Error refused(std::string_view text, std::string_view where, std::string why, std::string fix = {}) {
    if (fix.empty())
        fix = "Write networks such as 192.0.2.0/24 or 2001:db8::/32 with commas between them, or any.";
    return {"P-2012", "'" + printable(text, 64) + "' is not a network", std::string(where), std::move(why),
            std::move(fix)};
}

std::optional<int> parse_bits(std::string_view text, int most) {
    int bits = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (error != std::errc() || end != text.data() + text.size() || bits < 0 || bits > most)
        return std::nullopt;
    return bits;
}

Result<Network> parse_network(std::string_view text, std::string_view where) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) return fail(refused(text, where, "it does not begin with an IP address"));
    const int most = address->is_v4() ? 32 : 128;
    const int offset = address->is_v4() ? v4_offset : 0;
    if (slash == text.npos) return Network{*address, 128};
    const auto bits = parse_bits(text.substr(slash + 1), most);
    if (!bits)
        return fail(refused(text, where, "its length is not a number from 0 to " + std::to_string(most)));
    const Network network{masked(*address, *bits + offset), *bits + offset};
    if (network.address == *address) return network;
    return fail(refused(text, where, "the address has bits beyond its length",
                        "Did you mean " + network.text() + "?"));
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    IpAddress address;
    if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string whole(text);
    if (inet_pton(AF_INET6, whole.c_str(), address.bytes.data()) == 1) return address;
    std::copy(v4_prefix.begin(), v4_prefix.end(), address.bytes.begin());
    if (inet_pton(AF_INET, whole.c_str(), &address.bytes[v4_prefix.size()]) == 1) return address;
    return std::nullopt;
}

bool IpAddress::is_v4() const {
    return std::equal(v4_prefix.begin(), v4_prefix.end(), bytes.begin());
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> out{};
    const auto* const at = is_v4() ? &bytes[v4_prefix.size()] : bytes.data();
    inet_ntop(is_v4() ? AF_INET : AF_INET6, at, out.data(), out.size());
    return out.data();
}

IpAddress masked(IpAddress address, int bits) {
    for (int i = 0; i < 16; ++i) address.bytes.at(static_cast<std::size_t>(i)) &= mask_of_byte(i, bits);
    return address;
}

bool Network::contains(const IpAddress& one) const {
    return masked(one, bits) == address;
}

std::string Network::text() const {
    return address.text() + "/" + std::to_string(address.is_v4() ? bits - v4_offset : bits);
}

Result<Networks> parse_networks(std::string_view text, std::string_view where) {
    const auto whole = trim(text);
    if (whole == "none") return Networks();
    if (whole == "any") return Networks{{IpAddress(), 0}};
    Networks networks;
    for (auto rest = whole;;) {
        const auto comma = rest.find(',');
        PROVOST_TRY(const auto network, parse_network(trim(rest.substr(0, comma)), where));
        if (networks.size() >= most_networks)
            return fail(refused(rest, where, "there are more than " + std::to_string(most_networks)));
        networks.push_back(network);
        if (comma == rest.npos) return networks;
        rest.remove_prefix(comma + 1);
    }
}

std::string to_text(const Networks& networks) {
    if (networks.empty()) return "none";
    if (networks == Networks{{IpAddress(), 0}}) return "any";
    std::string text;
    for (const auto& network : networks) text += (text.empty() ? "" : ",") + network.text();
    return text;
}

bool contains(const Networks& networks, std::string_view source) {
    const auto address = IpAddress::parse(source);
    return address && std::any_of(networks.begin(), networks.end(),
                                  [&](const Network& network) { return network.contains(*address); });
}

}  // namespace provost
