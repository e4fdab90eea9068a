// What the detector looks for (R-C5), by name.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace provost {

enum class Suspicion : std::uint8_t {
    mac_sequence,
    mac_sweep,
    network_sweep,
    mac_from_many_sources,
    forged_certificates,
    generic_certificates,
    pin_mismatch,
    clone,
    credential_guessing,
    path_probing,
    prefix_scan,
    tenant_scan,
};
inline constexpr std::size_t suspicion_count = 12;

struct SuspicionTraits {
    Suspicion suspicion;
    std::string_view name;
    std::string_view saw;   // in words, for people
    std::string_view next;  // ... and what to do
    int limit;              // default: how much of it within its time is one finding
    int most;               // what the fixed tables can count to
    bool bans;              // the source, unless a device proved itself from there lately
};

std::span<const SuspicionTraits, suspicion_count> suspicions();
inline const SuspicionTraits& traits_of(Suspicion suspicion) {
    return suspicions()[static_cast<std::size_t>(suspicion)];
}

const SuspicionTraits* find_suspicion(std::string_view name);  // null if there is none

struct SuspicionSettings {
    int limit = 1;
    bool dry_run = false;  // reported, but nobody is banned for it
};
using AllSuspicions = std::array<SuspicionSettings, suspicion_count>;
AllSuspicions default_suspicions();

}  // namespace provost
