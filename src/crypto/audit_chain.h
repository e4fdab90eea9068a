// The cryptography of the audit trail (docs/decisions/0009-audit-trail.md): links, MACs and the ratchet of
// their key. All are BLAKE2b.
#pragma once

#include "base/bytes.h"
#include "base/secret.h"

#include <array>
#include <cstdint>
#include <span>

namespace provost {

using AuditLink = std::array<std::uint8_t, 32>;  // commits to an entry and to all before it
using AuditMac = std::array<std::uint8_t, 16>;
using ChainKeyView = std::span<const std::uint8_t, 32>;

// A key of the chain for whoever verifies one; wiped when it goes.
class ChainKey {
 public:
    ChainKey() = default;
    explicit ChainKey(ChainKeyView bytes);
    ~ChainKey() { wipe(bytes_.data(), bytes_.size()); }
    ChainKey(const ChainKey& other) = default;
    ChainKey& operator=(const ChainKey& other) = default;
    [[nodiscard]] ChainKeyView view() const { return bytes_; }
    [[nodiscard]] std::span<std::uint8_t, 32> bytes() { return bytes_; }

 private:
    std::array<std::uint8_t, 32> bytes_{};
};

AuditLink audit_link(const AuditLink& previous, ByteView entry);
AuditMac audit_mac(ChainKeyView key, const AuditLink& link);
// The next step's key, from this one's and the last link made under it. There is no way back; and who cuts
// links off the end of a step arrives at another key. `next` may be `key`.
void ratchet(ChainKeyView key, const AuditLink& last, std::span<std::uint8_t, 32> next);
// Names a start key and the key of the signatures, and commits to both.
Sha256 audit_key_id(ChainKeyView start, const std::array<std::uint8_t, 32>& public_key);

}  // namespace provost
