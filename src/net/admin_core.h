// What the loop and the sessions of the admin door share.
#pragma once

#include "crypto/library_context.h"
#include "guard/budget.h"
#include "net/address_budget.h"
#include "net/admin_door.h"
#include "net/event_streams.h"
#include "net/tls_context.h"
#include "net/web_files.h"
#include "net/worker_pool.h"

#include <array>
#include <atomic>
#include <memory>
#include <vector>

namespace provost {

// A signature each costs a processor about a millisecond: what one address may ask for, and all together.
inline constexpr Budget handshakes_of_address{10, 300}, handshakes_of_all{50, 1'000};
inline constexpr std::size_t most_large_bodies = 4;
inline constexpr int most_reports = 4;  // that wait at a time

struct AdminCore {
    AdminCore(const AdminDoorSettings& door, WebFiles read)
        : settings(door),
          files(std::move(read)),
          library(make_narrow_context()),
          budget(door.limits.connections, door.limits.connections_per_address),
          workers(door.workers, door.waiting),
          streams(door.streams) {}

    const AdminDoorSettings settings;
    AdminHandlers handlers;  // set before the first connection is taken
    const WebFiles files;
    const LibraryContext library;               // outlives what is made from it
    std::atomic<std::shared_ptr<SSL_CTX>> tls;  // replaced by reload
    std::atomic<std::shared_ptr<const std::vector<IdentityDates>>> identities;  // of it
    AddressBudget budget;
    BucketTable address_handshakes{handshakes_of_address, 4'096};
    SharedBucket all_handshakes{handshakes_of_all};
    WorkerPool workers;
    EventStreams streams;
    std::atomic<int> reports_waiting = 0;
    std::size_t large_bodies = 0;  // that are being read; the loop's thread

    Counter accepted, handshakes, handshake_failures, requests, shed, busy, wrong_hosts, reports;
    std::array<Counter, handshake_faults> faults;
    Histogram handshake_duration{duration_bounds};

    void count(HandshakeFault fault) { faults[static_cast<std::size_t>(fault)].add(); }
};

}  // namespace provost
