// A phone's MAC address (EUI-48), the name it goes by; never a secret and never a proof.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

class MacAddress {
 public:
    constexpr MacAddress() = default;
    constexpr explicit MacAddress(std::uint64_t value) : value_(value & 0xffff'ffff'ffffULL) {}

    // Twelve hexadecimal digits of either case, bare or separated throughout by ':' '-' (every byte) or
    // '.' (every two bytes). Anything else, also full-width digits and surrounding blanks, is nullopt.
    static std::optional<MacAddress> parse(std::string_view text);
    // Exactly twelve bare hexadecimal digits of either case.
    static std::optional<MacAddress> parse_bare(std::string_view text);

    [[nodiscard]] constexpr std::uint64_t value() const { return value_; }
    [[nodiscard]] constexpr std::uint32_t oui() const { return static_cast<std::uint32_t>(value_ >> 24); }
    [[nodiscard]] constexpr bool is_group() const { return (value_ >> 40 & 1) != 0; }  // no device has one
    // No maker's: given by whoever runs the network (IEEE 802-2014, 8.2), here to software that has none.
    [[nodiscard]] constexpr bool is_local() const { return (value_ >> 41 & 1) != 0; }

    [[nodiscard]] std::string lower() const;   // 0015651122aa: how Provost stores and shows it
    [[nodiscard]] std::string upper() const;   // 0015651122AA
    [[nodiscard]] std::string colons() const;  // 00:15:65:11:22:aa

    auto operator<=>(const MacAddress&) const = default;

 private:
    std::uint64_t value_ = 0;
};

}  // namespace provost

template <>
struct std::hash<provost::MacAddress> {
    std::size_t operator()(const provost::MacAddress& mac) const noexcept {
        return std::hash<std::uint64_t>{}(mac.value());
    }
};
