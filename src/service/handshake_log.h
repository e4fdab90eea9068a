// Handshakes that came to nothing, by the address they came from: where a phone can't even begin, nobody
// knows which phone it is, but people know which address it has. In memory, bounded, lost with a restart.
#pragma once

#include "base/clock.h"

#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace provost {

// What the peer did. Alerts and versions by their numbers (RFC 8446, B.1 and 4.2.1).
struct HandshakeTrouble {
    enum class Kind : std::uint8_t { alert, version, cipher, not_tls, other };
    Kind kind = Kind::other;
    int alert = 0;    // of an alert: 48 is unknown_ca
    int version = 0;  // that it offered at most: 0x0301 is TLS 1.0; 0: not known
    bool operator==(const HandshakeTrouble&) const = default;
};

// "unknown CA"; "alert 77" for those that no phone sends.
std::string alert_text(int alert);
std::string tls_version_text(int version);  // "TLS 1.0"

struct FailedHandshakes {
    HandshakeTrouble last;
    std::uint64_t count = 0;  // since `first`, of any kind
    Timestamp first{}, at{};
};

class HandshakeLog {
 public:
    static constexpr std::size_t most_addresses = 4096;  // then the one that came first is forgotten

    void note(std::string_view address, HandshakeTrouble trouble, Timestamp now);
    [[nodiscard]] std::optional<FailedHandshakes> find(std::string_view address) const;

 private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, FailedHandshakes> addresses_;
    std::deque<std::string> order_;
};

}  // namespace provost
