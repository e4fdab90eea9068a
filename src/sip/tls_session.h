// TLS on a socket that does not block, as its client.
#pragma once

#include "sip/wire.h"

#include <memory>
#include <span>

namespace provost {

// What came of one step on a stream: bytes that moved, or what to wait for, or (neither) why it is over.
struct StreamStep {
    std::size_t bytes = 0;
    short waits_for = 0;  // POLLIN or POLLOUT
    std::string why;
};

class TlsSession {
 public:
    virtual ~TlsSession() = default;

    // Verifies the peer's chain and its name, which may be an address. P-8304: what is trusted or shown is no
    // PEM.
    static Result<std::unique_ptr<TlsSession>> open(int socket, const SipTarget& target, const SipTls& tls);

    virtual StreamStep shake_hands() = 0;  // bytes > 0: done
    virtual StreamStep read(std::span<char> room) = 0;
    virtual StreamStep write(std::string_view bytes) = 0;
    [[nodiscard]] virtual std::string version() const = 0;
};

}  // namespace provost
