// Times, addresses and MACs for tests of the guard.
#pragma once

#include "guard/gate.h"

#include <string>

#include <gtest/gtest.h>

namespace provost::guard_testing {

inline constexpr ScatterSeed seed{1, 2, 3};

inline Timestamp at(double seconds) {
    return Timestamp(Duration(1'800'000'000'000 + static_cast<std::int64_t>(seconds * 1000)));
}
inline IpAddress ip(const std::string& text) {
    return IpAddress::parse(text).value();
}
// 10.0.0.0 plus `number`.
inline IpAddress ip(std::uint32_t number) {
    IpAddress address = ip("10.0.0.0");
    for (int i = 0; i < 3; ++i) address.bytes[15 - i] = static_cast<std::uint8_t>(number >> (8 * i));
    address.bytes[12] = static_cast<std::uint8_t>(10 + (number >> 24));
    return address;
}
inline MacAddress mac(std::uint64_t number, std::uint64_t prefix = 0x001565) {
    return MacAddress((prefix << 24) + number);
}

}  // namespace provost::guard_testing
