// The port to whoever holds the keys: seals secrets, opens them, and forgets keys so that what they sealed is
// gone. In the server's process at first; as a process of its own in the hardened installation (DESIGN
// section 4).
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "base/result.h"
#include "base/secret.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provost {

// What a sealed secret is bound to. A row moved, swapped or rolled back fails to open (AAD, SECURITY section
// 6).
struct SecretBinding {
    std::int64_t tenant = 0;
    MacAddress device;
    std::string purpose;          // "line.1.password"
    std::int64_t generation = 0;  // Device::generation
    bool operator==(const SecretBinding&) const = default;
};

// As stored. Suite 1: XChaCha20-Poly1305 under a data key used once, wrapped by AES-256-KWP under the epoch
// key.
struct SealedSecret {
    std::uint8_t suite = 1;
    std::int64_t epoch = 0;
    Bytes wrapped_key;
    Bytes commitment;
    Bytes nonce;
    Bytes ciphertext;
};

class KeyHolder {
 public:
    virtual ~KeyHolder() = default;

    virtual Result<SealedSecret> seal(const SecretBinding& binding, const Secret& secret) = 0;
    // One error for every reason (P-5001): wrong binding, damaged, epoch gone.
    virtual Result<Secret> open(const SecretBinding& binding, const SealedSecret& sealed) = 0;

    [[nodiscard]] virtual std::int64_t current_epoch() const = 0;
    [[nodiscard]] virtual std::vector<std::int64_t> live_epochs() const = 0;  // at most two
    [[nodiscard]] virtual Timestamp epoch_started() const = 0;
    // Begins a new epoch; refused (P-5002) while two are alive.
    virtual Result<std::int64_t> begin_epoch(Timestamp now) = 0;
    // Wraps the data key anew under the current epoch; the ciphertext stays.
    virtual Result<SealedSecret> rewrap(const SecretBinding& binding, const SealedSecret& sealed) = 0;
    // Destroys an epoch's key for good: overwritten in place and synced before this returns. Not the current
    // one.
    virtual Status destroy_epoch(std::int64_t epoch) = 0;
};

}  // namespace provost
