// What all loops of one phones' door share.
#pragma once

#include "crypto/library_context.h"
#include "guard/gate.h"
#include "net/address_budget.h"
#include "net/phone_door.h"
#include "net/tls_context.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace provost {

struct DoorCore {
    DoorCore(const DoorSettings& door, JudgeCertificate& judge_port, DeliverConfiguration& deliver_port,
             Gate* gate_or_none)
        : settings(door),
          judge(judge_port),
          deliver(deliver_port),
          gate(gate_or_none),
          library(make_narrow_context()),
          budget(door.limits.connections, door.limits.connections_per_address) {}

    const DoorSettings settings;
    JudgeCertificate& judge;
    DeliverConfiguration& deliver;
    Gate* const gate;                           // may be null
    const LibraryContext library;               // outlives what is made from it
    std::atomic<std::shared_ptr<SSL_CTX>> tls;  // replaced by reload
    std::atomic<std::shared_ptr<const std::vector<IdentityDates>>> identities;  // of it
    AddressBudget budget;
    std::atomic<std::uint64_t> accepted = 0, handshakes = 0, handshake_failures = 0, requests = 0, shed = 0;
    std::array<Counter, handshake_faults> faults;
    Histogram handshake_duration{duration_bounds};

    void count(HandshakeFault fault) { faults[static_cast<std::size_t>(fault)].add(); }
};

}  // namespace provost
