// The TLS profiles of the phones' doors. Modern: 1.2 with ECDHE and AEAD, or 1.3. Old: 1.0 to 1.2, with
// AES-CBC and SHA-1 besides, but always with forward secrecy; never RC4, 3DES or plain RSA key exchange.
// Web: as modern, and nobody is asked for a certificate, which a browser would put to its user.
// All: full handshakes only, no resumption, no renegotiation. Nothing is shared between contexts.
#pragma once

#include "base/result.h"
#include "net/phone_door.h"

#include <cstdint>
#include <memory>
#include <vector>

#include <openssl/types.h>

namespace provost {

enum class TlsProfile : std::uint8_t { modern, old, web };
using TlsContext = std::shared_ptr<SSL_CTX>;

// `library` may be null: the stock context. P-7001 certificate, P-7002 key, P-7004 TLS library. The peer's
// chain is not judged here: every handshake in which the peer proves possession of its certificate's key
// succeeds.
Result<TlsContext> make_tls_context(const std::vector<ServerIdentity>& identities, OSSL_LIB_CTX* library,
                                    TlsProfile profile = TlsProfile::modern);
// Of its certificates, before the context is in use.
std::vector<IdentityDates> dates_of(SSL_CTX* context);

}  // namespace provost
