// A connection to a SIP peer: UDP, TCP or TLS. Every call has a deadline and blocks no longer; looking a name
// up is left to the system's resolver and its time-outs.
#pragma once

#include "base/result.h"
#include "base/secret.h"
#include "sip/uri.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

using SteadyTime = std::chrono::steady_clock::time_point;

struct SipTarget {
    SipTransport transport = SipTransport::udp;
    std::string host;
    std::uint16_t port = 5060;

    static SipTarget of(const SipUri& uri) { return {uri.transport(), uri.host, uri.port_or_default()}; }
    [[nodiscard]] std::string text() const;  // "udp 192.0.2.7:5060"
};

// Whom to trust, and what to show, as PEM. The peer is always verified, its name too.
struct SipTls {
    std::string authorities;  // empty: the system's
    std::string certificate;  // with its chain; empty: none is shown
    Secret key;
};

class SipWire {
 public:
    virtual ~SipWire() = default;

    virtual Status send(std::string_view message, SteadyTime deadline) = 0;
    // The next message, nullopt once the deadline has passed. P-8303: the connection is gone.
    virtual Result<std::optional<std::string>> receive(SteadyTime deadline) = 0;
    [[nodiscard]] virtual bool reliable() const = 0;
    [[nodiscard]] virtual std::string local() const = 0;  // "192.0.2.1:40000", brackets where they belong
    [[nodiscard]] virtual std::string peer() const = 0;   // address alone
    [[nodiscard]] virtual SipTransport transport() const = 0;
    [[nodiscard]] virtual std::string tls_version() const { return {}; }  // "TLSv1.3"
};

// P-8302: no such name, nobody listens, or the certificate is not verified.
Result<std::unique_ptr<SipWire>> connect_sip(const SipTarget& target, const SipTls& tls, SteadyTime deadline);

// The addresses of a name, as texts; none if it has none.
std::vector<std::string> addresses_of(const std::string& host);

}  // namespace provost
