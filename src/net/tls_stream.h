// One TLS connection on a non-blocking socket that somebody else owns and watches.
#pragma once

#include "net/phone_door.h"
#include "service/handshake_log.h"
#include "service/judge_certificate.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <openssl/types.h>

namespace provost {

enum class TlsResult : std::uint8_t {
    done,
    want_read,   // call again once the socket is readable
    want_write,  // ... writable
    closed,      // the peer closed in order: close_notify or FIN
    broken       // reset, or not TLS
};

class TlsStream {
 public:
    TlsStream(SSL_CTX* context, int socket);  // ok() is false if memory is short
    ~TlsStream();
    TlsStream(const TlsStream&) = delete;
    TlsStream& operator=(const TlsStream&) = delete;

    [[nodiscard]] bool ok() const { return ssl_ != nullptr; }
    // The socket was reported readable or writable.
    void ready() { drained_ = false; }

    TlsResult handshake();
    // Why it came to nothing, right after it said so.
    [[nodiscard]] HandshakeFault handshake_fault() const;
    // The same, as people are told of it; nullopt where the peer merely left.
    [[nodiscard]] std::optional<HandshakeTrouble> handshake_trouble() const;
    TlsResult read(std::span<char> room, std::size_t& got);
    TlsResult write(std::string_view bytes, std::size_t& written);
    void send_close();  // close_notify, if it still can be sent
    // On the wire, both ways, handshake and all.
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

    // After the handshake: what the peer's certificate is worth, and "TLSv1.3 TLS_AES_256_GCM_SHA384".
    [[nodiscard]] std::shared_ptr<const Evidence> judge(JudgeCertificate& judge);
    [[nodiscard]] std::string description() const;

 private:
    struct Wire;  // the BIO between OpenSSL and the socket
    TlsResult outcome(int returned);

    SSL* ssl_ = nullptr;
    int socket_;
    std::uint64_t bytes_ = 0;
    bool drained_ = false;  // the last read took all there was: asking again before the next event is futile
    bool ended_ = false;    // FIN came
    bool failed_ = false;   // the socket or TLS gave a fatal error
};

}  // namespace provost
