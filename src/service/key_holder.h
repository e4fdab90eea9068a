// The port to whoever holds the keys: seals secrets, opens them, and forgets keys so that what they sealed is
// gone. In the server's process, or in one of its own (docs/decisions/0010-key-holder-process.md): then any
// call may also fail because the holder is away (P-5030) or will not be asked so often (P-5033).
#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/mac_address.h"
#include "base/result.h"
#include "base/secret.h"

#include <cstdint>
#include <span>
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

struct StoredSecret {
    SecretBinding binding;
    SealedSecret sealed;
};

struct KeyEpochs {
    std::int64_t current = 0;
    Timestamp started{};              // the current one
    std::vector<std::int64_t> alive;  // at most two, the older first
    bool operator==(const KeyEpochs&) const = default;
};

inline constexpr std::string_view does_not_open = "P-5001";

// What derive() takes: a label says what the bytes are for, a salt whose they are.
inline constexpr std::size_t longest_derive_label = 32;
inline constexpr std::size_t longest_derive_salt = 64;

class KeyHolder {
 public:
    virtual ~KeyHolder() = default;

    virtual Result<SealedSecret> seal(const SecretBinding& binding, const Secret& secret) = 0;
    // Those of one device, in their order; all or none. One error for every reason why one does not open
    // (P-5001): wrong binding, damaged, epoch gone.
    virtual Result<std::vector<Secret>> open_all(std::span<const StoredSecret> stored) = 0;
    Result<Secret> open(const StoredSecret& stored) {
        PROVOST_TRY(auto opened, open_all({&stored, 1}));
        return std::move(opened.front());
    }

    // 32 bytes that follow from label and salt under a key that outlives every epoch: HMAC-SHA-256 under a
    // subkey of the root key. Who has the database alone learns none of them. P-5013: label or salt is too
    // long, or the label empty.
    virtual Result<Secret> derive(std::string_view label, ByteView salt) = 0;

    [[nodiscard]] virtual Result<KeyEpochs> epochs() const = 0;
    // Begins a new epoch; refused (P-5002) while two are alive.
    virtual Result<std::int64_t> begin_epoch(Timestamp now) = 0;
    // Wraps the data key anew under the current epoch; the ciphertext stays.
    virtual Result<SealedSecret> rewrap(const SecretBinding& binding, const SealedSecret& sealed) = 0;
    // Destroys an epoch's key for good: overwritten in place and synced before this returns. Not the current
    // one.
    virtual Status destroy_epoch(std::int64_t epoch) = 0;
};

}  // namespace provost
