#include "guard/suspicion.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::array<SuspicionTraits, suspicion_count> suspicion_table = {{
    {Suspicion::mac_sequence, "mac-sequence",
     "One address tried MACs one after the other, and proved none of them.",
     "It is banned. If these are your phones, import their vendor's CA, then 'provost ban remove'.", 12, 64,
     true},
    {Suspicion::mac_sweep, "mac-sweep", "One address tried many MACs within a day, and proved none of them.",
     "It is banned. If these are your phones, import their vendor's CA, then 'provost ban remove'.", 30, 64,
     true},
    {Suspicion::network_sweep, "network-sweep",
     "Several addresses of one network tried many MACs within a day, and proved none of them.",
     "The network is banned. If these are your phones, import their vendor's CA, then 'provost ban remove'.",
     60, 128, true},
    {Suspicion::mac_from_many_sources, "mac-from-many-sources",
     "One MAC was tried from many addresses within a day, without proof.",
     "Somebody knows this MAC. Its password is safe; look at what else these addresses tried.", 8, 16, false},
    {Suspicion::forged_certificates, "forged-certificates",
     "One address showed several certificates that no phone has, or of another maker's MACs.",
     "It is banned. Keep the events: a CA may have been misused.", 3, 16, true},
    {Suspicion::generic_certificates, "generic-certificates",
     "One address keeps showing a certificate that is the same in every phone of a vendor.",
     "Old phones do so by nature; anybody else took it out of one. Replace the phone if it is yours.", 10, 64,
     false},
    {Suspicion::pin_mismatch, "pin-mismatch", "A device showed another key than the one it used first.",
     "If it was repaired, approve the held key; else suspect the vendor's CA.", 1, 1, false},
    {Suspicion::clone, "clone", "The same proof was at work from two addresses at once.",
     "Find out which of the two is the phone; retire the device if its key may have leaked.", 1, 1, false},
    {Suspicion::credential_guessing, "credential-guessing",
     "One address tried several user names or tokens within a day, and none was right.",
     "It is banned. If these are your phones, arm them again.", 8, 16, true},
    {Suspicion::path_probing, "path-probing",
     "One address asked for many files that no phone asks for, and proved nothing.",
     "It is banned. Nothing to do.", 20, 32, true},
    {Suspicion::prefix_scan, "prefix-scan",
     "MACs of one prefix that were never tried before come in from many addresses, a few from each.",
     "A slow scan, or the CA of a vendor whose phones you have is not imported: look at the events.", 30,
     1000, false},
    {Suspicion::tenant_scan, "tenant-scan",
     "Devices of one tenant are tried from many addresses, without proof.",
     "Somebody knows these MACs: ask where a list of them was kept.", 15, 1000, false},
}};

constexpr bool suspicions_in_order() {
    for (std::size_t i = 0; i < suspicion_table.size(); ++i)
        if (static_cast<std::size_t>(suspicion_table[i].suspicion) != i) return false;
    return true;
}
static_assert(suspicions_in_order());

}  // namespace

std::span<const SuspicionTraits, suspicion_count> suspicions() {
    return suspicion_table;
}

const SuspicionTraits* find_suspicion(std::string_view name) {
    const auto* const found = std::find_if(suspicion_table.begin(), suspicion_table.end(),
                                           [&](const SuspicionTraits& one) { return one.name == name; });
    return found == suspicion_table.end() ? nullptr : found;
}

AllSuspicions default_suspicions() {
    AllSuspicions all;
    for (std::size_t i = 0; i < suspicion_count; ++i) all[i].limit = suspicion_table[i].limit;
    return all;
}

}  // namespace provost
