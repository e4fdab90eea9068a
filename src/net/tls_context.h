// The TLS profile of the phones' door: 1.2 with ECDHE and AEAD or 1.3; full handshakes only, no resumption,
// no renegotiation.
#pragma once

#include "base/result.h"
#include "net/phone_door.h"

#include <memory>
#include <vector>

#include <openssl/types.h>

namespace provost {

using TlsContext = std::shared_ptr<SSL_CTX>;

// `library` may be null: the stock context. P-7001 certificate, P-7002 key, P-7004 TLS library. The peer's
// chain is not judged here: every handshake in which the peer proves possession of its certificate's key
// succeeds.
Result<TlsContext> make_tls_context(const std::vector<ServerIdentity>& identities, OSSL_LIB_CTX* library);

}  // namespace provost
