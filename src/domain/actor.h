// Who asks: a person of the people list, an API token, or the Unix socket's peer. What it may do:
// role_table.h.
#pragma once

#include "domain/device.h"

#include <cstdint>
#include <optional>
#include <string>

namespace provost {

enum class Role : std::uint8_t {
    platform,      // everything
    reseller,      // the tenants below its own, and their devices
    tenant_admin,  // its tenant's devices, and those of the tenants below
    support,       // reads, resyncs, opens the diagnostic window
    auditor,       // reads, the audit trail too; changes nothing
};

// As made it may see nothing: whoever lets somebody in says so in each field.
struct Actor {
    std::string name;  // for the audit trail: "anna", "unix:root"
    Role role = Role::auditor;
    std::optional<TenantId> tenant = TenantId{0};  // that one and all below it; null: all; 0: none
    bool read_only = false;                        // an API token of that kind
    bool stepped_up = false;                       // proved itself again just now
    std::int64_t person = 0;                       // 0: nobody of the people list (Unix socket)
    std::string source;                            // peer's address
};

}  // namespace provost
