// The admin door: HTTPS for people's browsers and scripts, apart from the phones' doors. It knows neither
// people nor roles: who asks is for the handler to find out.
#pragma once

#include "base/metric.h"
#include "base/result.h"
#include "net/phone_door.h"
#include "service/api_message.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace provost {

// A person keeps a few connections for a working day; nobody needs thousands.
inline DoorLimits admin_limits() {
    DoorLimits limits;
    limits.connections = 1'024;
    limits.connections_per_address = 256;
    limits.requests_per_connection = 10'000;
    limits.idle_seconds = 120;
    limits.connection_seconds = 3'600;
    return limits;
}

struct AdminDoorSettings {
    std::string address = "127.0.0.1";
    std::uint16_t port = 8444;       // 0: any free one
    std::vector<std::string> names;  // what Host may say, in lower case
    std::vector<ServerIdentity> identities;
    DoorLimits limits = admin_limits();
    std::size_t workers = 4;       // threads that ask the handler
    std::size_t waiting = 256;     // requests that wait for one of them
    std::size_t streams = 64;      // who may watch at once
    std::filesystem::path web;     // the built web interface; empty: there is none
    std::string web_hint;          // then: what to tell who asks for it
    std::string security_contact;  // RFC 9116, the whole text; empty: none
};

struct AdminCounters {
    DoorCounters door;
    std::uint64_t busy = 0;         // answers 503: too many requests, bodies or watchers at once
    std::uint64_t wrong_hosts = 0;  // answers 421
    std::uint64_t reports = 0;      // of browsers, on what the policy stopped
    std::size_t waiting = 0, streams = 0;
    std::size_t files = 0;  // of the web interface
};

// All on worker threads, several at once.
struct AdminHandlers {
    // What /v1 answers to whom; `peer` is the address.
    std::function<ApiReply(const ApiRequest&, const std::string& peer)> api;
    // The body of a browser's report on what the content security policy stopped.
    std::function<void(const std::string& body)> report;
};

class AdminDoor {
 public:
    virtual ~AdminDoor() = default;  // stops first

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    // Begins to serve, once.
    virtual void serve(AdminHandlers handlers) = 0;
    // As PhoneDoor's.
    virtual Result<std::function<void()>> prepare_reload() = 0;
    [[nodiscard]] virtual AdminCounters counters() const = 0;
    [[nodiscard]] virtual HistogramReading handshake_duration() const = 0;
    [[nodiscard]] virtual std::vector<IdentityDates> identities() const = 0;
};

// Listens; who connects waits until it serves. P-7001 certificate, P-7002 key, P-7003 address in use, P-7004
// TLS library, P-7041 web interface.
Result<std::unique_ptr<AdminDoor>> open_admin_door(const AdminDoorSettings& settings);

}  // namespace provost
