// Suite 1: a secret under a data key of its own, the data key under the epoch key (SECURITY section 6).
#pragma once

#include "service/key_holder.h"
#include "vault/key_memory.h"

namespace provost {

// XChaCha20-Poly1305 with the binding and the epoch as associated data, AES-256-KWP (RFC 5649) around the data key,
// and a keyed commitment to both.
Result<SealedSecret> seal_box(const Key& epoch_key, std::int64_t epoch, const SecretBinding& binding, const Secret& secret);
// P-5001 for every reason.
Result<Secret> open_box(const Key& epoch_key, const SecretBinding& binding, const SealedSecret& sealed);
// The same data key and ciphertext, wrapped under another epoch's key.
Result<SealedSecret> rewrap_box(const Key& from, const Key& to, std::int64_t to_epoch, const SecretBinding& binding,
                                const SealedSecret& sealed);

}  // namespace provost
