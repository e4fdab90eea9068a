// Where a site's phones must be let through to, and nowhere else (R-D5): told by the same settings as their
// configurations.
#pragma once

#include "domain/network.h"
#include "domain/settings.h"
#include "service/house.h"

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace provost {

struct SiteNeed {
    std::string purpose;             // "provisioning", "ca", "sip", "media", "time"
    std::string protocol;            // "tcp", "udp"
    std::string host;                // name or address, without brackets
    std::uint16_t from = 0, to = 0;  // ports
    auto operator<=>(const SiteNeed&) const = default;
};

// Ports of media at the other side; the settings don't tell them.
struct MediaPorts {
    std::uint16_t from = 1024, to = 65535;
};

// What one device needs, sorted, each once. A line whose port or transport DNS chooses needs the usual ports
// (RFC 3263): 5060 by UDP and TCP, 5061 by TCP. With an outbound proxy SIP goes there alone.
std::vector<SiteNeed> needs_of(const EffectiveSettings& settings, MediaPorts media);

// Of all devices of a site but retired ones, with the number of devices that have each. P-2010: no such
// tenant; P-2016: no device is at such a site of it.
Result<std::map<SiteNeed, std::int64_t>> site_needs(const House& house, const std::string& tenant,
                                                    const std::string& site, MediaPorts media);

// A need whose host was looked up.
struct ResolvedNeed {
    SiteNeed need;
    std::vector<IpAddress> addresses;
};
// A script for nft -f, applied whole or not at all: a table of its own that lets `phones` through to these
// addresses, and drops what else they send and what else is sent to them. Other traffic is left alone.
std::string site_firewall(const std::string& site, const std::vector<ResolvedNeed>& needs,
                          const Networks& phones);

}  // namespace provost
