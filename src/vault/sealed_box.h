// Suite 1: a secret under a data key of its own, the data key under the epoch's key (SECURITY section 6).
#pragma once

#include "service/key_holder.h"
#include "vault/epoch_file.h"
#include "vault/key_memory.h"

#include <memory>

#include <openssl/evp.h>

namespace provost {

// XChaCha20-Poly1305 with the binding as associated data; AES-256-KWP (RFC 5649) around the data key; and,
// because neither commits to its key, a keyed hash over binding, epoch and nonce that is checked before
// anything is decrypted. Any thread.
class SealedBox {
 public:
    static Result<SealedBox> make();  // P-5010 if the system's library has no AES-256-KWP

    Result<SealedSecret> seal(const Epoch& epoch, const SecretBinding& binding, const Secret& secret) const;
    Result<Secret> open(const Epoch& epoch, const SecretBinding& binding, const SealedSecret& sealed) const;
    // The same data key and ciphertext, once they proved to open, wrapped under another epoch's key.
    struct Move {
        const Epoch& from;
        const Epoch& to;
    };
    Result<SealedSecret> rewrap(Move move, const SecretBinding& binding, const SealedSecret& sealed) const;

    static Error cannot_open();  // P-5001, whatever the reason

 private:
    using DataKey = Passing<key_size>;
    struct FreeCipher {
        void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
    };
    explicit SealedBox(EVP_CIPHER* cipher) : cipher_(cipher) {}

    bool wrap(const Key& epoch_key, const DataKey& data_key, Bytes& wrapped) const;
    bool unwrap(const Key& epoch_key, const Bytes& wrapped, DataKey& data_key) const;

    std::unique_ptr<EVP_CIPHER, FreeCipher> cipher_;  // fetched once: that costs more than a use of it
};

}  // namespace provost
