// Public keys as authenticators send them (COSE, RFC 9052 and 9053), and what they sign.
#pragma once

#include "base/bytes.h"

#include <memory>
#include <optional>

namespace provost {

// COSE's numbers: ECDSA on P-256 with SHA-256, Ed25519, RSA PKCS #1 1.5 with SHA-256.
enum class CoseAlgorithm : std::int32_t { es256 = -7, eddsa = -8, rs256 = -257 };

class CoseKey {
 public:
    // nullopt for another algorithm, a point that is not on its curve, a weak RSA key (2048 to 4096 bits),
    // another order or spelling. `rest` gets what follows the key.
    static std::optional<CoseKey> read(ByteView bytes, ByteView& rest);
    ~CoseKey();
    CoseKey(CoseKey&&) noexcept;
    CoseKey& operator=(CoseKey&&) noexcept;

    [[nodiscard]] CoseAlgorithm algorithm() const;
    [[nodiscard]] bool signed_this(ByteView message, ByteView signature) const;

 private:
    struct Parts;
    explicit CoseKey(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace provost
