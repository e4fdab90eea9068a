// The phones' door: a listener with mutual TLS and a small HTTP/1.1 behind it.
#pragma once

#include "base/metric.h"
#include "base/result.h"
#include "service/deliver_configuration.h"
#include "service/door_traits.h"
#include "service/judge_certificate.h"

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

class Gate;

struct ServerIdentity {
    std::filesystem::path certificate;  // PEM chain
    std::filesystem::path key;          // PEM, mode 0400 or 0600
};

// Limits and deadlines of SECURITY section 6.
struct DoorLimits {
    std::size_t connections = 20'000;
    std::size_t connections_per_address = 2'000;
    std::size_t request_line = 8'192;
    std::size_t header_bytes = 32'768;
    std::size_t headers = 100;
    std::size_t upload_bytes = 1'048'576;  // taken and thrown away
    int requests_per_connection = 100;
    int refusal_milliseconds =
        25;  // a refusal leaves so long after its request came, and up to a fifth later
    int handshake_seconds = 10, header_seconds = 10, body_seconds = 30, write_seconds = 30, idle_seconds = 60;
    int connection_seconds = 60;  // then it takes no further request
};

struct DoorSettings {
    DoorTraits traits;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8443;               // 0: any free one
    std::vector<ServerIdentity> identities;  // RSA and ECDSA side by side
    int threads = 1;
    bool keep_bodies = false;  // for the service: at most limits.upload_bytes of those who proved themselves
    DoorLimits limits;
};

// Why a handshake came to nothing.
enum class HandshakeFault : std::uint8_t {
    left,         // the peer closed, or its connection broke
    timed_out,    // it took longer than it may
    not_tls,      // plain HTTP, or anything else
    version,      // no TLS version in common
    cipher,       // no cipher suite, group or signature in common
    certificate,  // more or larger certificates than it may send, or no proof of the key
    alert,        // the peer refused: it does not trust the server's certificate, for instance
    other
};
inline constexpr std::size_t handshake_faults = static_cast<std::size_t>(HandshakeFault::other) + 1;
std::string_view to_text(HandshakeFault fault);  // "timed-out"

struct DoorCounters {
    std::uint64_t accepted = 0, open = 0, handshakes = 0, handshake_failures = 0, requests = 0, shed = 0;
    std::array<std::uint64_t, handshake_faults> faults{};  // timed_out beyond those of handshake_failures
};

// Of a server certificate in force.
struct IdentityDates {
    std::string key_type;  // "RSA", "EC"
    Timestamp not_before{}, not_after{};
};

class PhoneDoor {
 public:
    virtual ~PhoneDoor() = default;  // stops first

    [[nodiscard]] virtual std::uint16_t port() const = 0;
    // Reads certificates and keys anew (P-7001 ...) and gives what puts them into force: new handshakes use
    // them from then on. Until that is called, and on any error, the old ones stay.
    virtual Result<std::function<void()>> prepare_reload() = 0;
    Status reload() {
        return prepare_reload().map([](const std::function<void()>& commit) { commit(); });
    }
    [[nodiscard]] virtual DoorCounters counters() const = 0;
    [[nodiscard]] virtual HistogramReading handshake_duration() const = 0;  // of those that came to an end
    [[nodiscard]] virtual std::vector<IdentityDates> identities() const = 0;
    // Accepts no more, lets running answers end for `grace`, then closes.
    virtual void stop(Duration grace) = 0;
};

// Begins to listen. P-7001 certificate, P-7002 key (mode, mismatch), P-7003 address in use, P-7004 TLS
// library.
// `gate` outlives the door; null: nobody is stopped for how much they use.
Result<std::unique_ptr<PhoneDoor>> open_phone_door(const DoorSettings& settings, JudgeCertificate& judge,
                                                   DeliverConfiguration& deliver, Gate* gate = nullptr);

}  // namespace provost
