// One entry of the audit trail (R-C7): what was given away, what was changed, and by whom.
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "domain/device.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provost {

struct AuditEntry {
    std::int64_t seq = 0;   // 1, 2, 3 ...; given by the trail
    std::int64_t step = 0;  // of the ratchet; given by the trail
    Timestamp at{};
    std::int64_t uptime = 0;  // milliseconds of a clock that nobody sets; given by the trail
    std::string kind;         // "delivery.begun", or that of an event (docs/reference/events.md)
    std::optional<MacAddress> device;
    TenantId tenant = 0;                // 0: none
    std::int64_t generation = 0;        // of the device's secrets
    std::string proof;                  // by what the device proved itself
    std::optional<Sha256> fingerprint;  // of the certificate's key; else of user name, token or trail key
    std::string source;                 // address
    std::string outcome, actor, detail;
};

// The first entry under keys that were made; its fingerprint is their id.
inline constexpr std::string_view audit_keyed = "audit.keyed";

// What strangers or people wrote becomes printable and short. Done before an entry is chained.
void escape(AuditEntry& entry);

// The one spelling of an entry as bytes; two that differ anywhere never share it. Replaces `out`. Numbers are
// eight bytes, little-endian; texts have their length before them; what may be absent has a byte that says
// so.
void canonical_bytes(const AuditEntry& entry, Bytes& out);

}  // namespace provost
