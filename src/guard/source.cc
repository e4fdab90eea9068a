#include "guard/source.h"

#include <cstring>

#include <sodium/crypto_shorthash_siphash24.h>

namespace provost {

namespace {

constexpr int v4_offset = 96;  // an IPv4 address is kept as IPv6 maps it

Network cut(const IpAddress& address, int v4_bits, int v6_bits) {
    const int bits = address.is_v4() ? v4_bits + v4_offset : v6_bits;
    return {masked(address, bits), bits};
}

}  // namespace

std::uint64_t scatter(const ScatterSeed& seed, ByteView bytes) {
    static_assert(crypto_shorthash_siphash24_KEYBYTES == std::tuple_size_v<ScatterSeed>);
    std::array<std::uint8_t, crypto_shorthash_siphash24_BYTES> hash{};
    crypto_shorthash_siphash24(hash.data(), bytes.data(), bytes.size(), seed.data());
    std::uint64_t value = 0;
    std::memcpy(&value, hash.data(), sizeof value);
    return value == 0 ? 1 : value;
}

std::uint64_t scatter(const ScatterSeed& seed, std::uint64_t value) {
    std::array<std::uint8_t, sizeof value> bytes{};
    std::memcpy(bytes.data(), &value, sizeof value);
    return scatter(seed, bytes);
}

Network host_of(const IpAddress& address) {
    return cut(address, 32, 64);
}

Network network_of(const IpAddress& address) {
    return cut(address, 24, 48);
}

}  // namespace provost
