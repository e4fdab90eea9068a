// The rules of the gate: what each peer may use, of what, and what everybody together may.
#pragma once

#include "guard/budget.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace provost {

// In the order in which a connection meets them; bytes and tenants, which are counted across it, last.
// "Known" is a source from which a registered device proved itself lately.
enum class Limit : std::uint8_t {
    banned,
    address_failures,
    network_failures,
    address_connections,
    network_connections,
    all_connections,
    known_connections,
    reserve_connections,
    address_handshakes,
    network_handshakes,
    all_handshakes,
    known_handshakes,
    reserve_handshakes,
    device_failures,
    address_requests,
    all_requests,
    device_requests,
    address_bytes,
    network_bytes,
    all_bytes,
    known_bytes,
    device_bytes,
    tenant_requests,
    tenant_bytes,
};
inline constexpr std::size_t limit_count = 24;

struct LimitTraits {
    Limit limit;
    std::string_view name;      // in configuration, counters and documents
    std::string_view explains;  // what it keeps from whom
    Budget budget;              // default, of bytes in KiB; of `banned` it means nothing
};

std::span<const LimitTraits, limit_count> limits();
inline const LimitTraits& traits_of(Limit limit) {
    return limits()[static_cast<std::size_t>(limit)];
}

struct LimitSettings {
    Budget budget;
    bool dry_run = false;  // counts what it would have done, and does nothing
};
using AllLimits = std::array<LimitSettings, limit_count>;
AllLimits default_limits();

}  // namespace provost
