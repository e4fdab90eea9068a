// The OpenSSL library context of the phones' door.
#pragma once

#include <memory>

#include <openssl/types.h>

namespace provost {

using LibraryContext = std::shared_ptr<OSSL_LIB_CTX>;

// OpenSSL 3.0 gathers every decoder of a library context for each public key it decodes; with the stock
// provider's forty that costs more than the handshake's own cryptography (docs/benchmarks.md). This context
// offers the default provider's algorithms and only the decoders for RSA and EC SubjectPublicKeyInfo. Null if
// it can't be made here: then use the stock context. Private keys must be read in the stock context.
LibraryContext make_narrow_context();

}  // namespace provost
