// The port to whoever holds the keys of the audit trail: the key of the MACs, which only moves forward, and
// the key that signs heads (docs/decisions/0009-audit-trail.md). Where a process of its own has them, any
// call that gives a Result may fail because it is away (P-5030).
#pragma once

#include "base/result.h"
#include "crypto/audit_chain.h"
#include "crypto/signature.h"
#include "domain/audit_entry.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace provost {

// The newest entry of a trail; seq 0 and a link of zeros before the first.
struct AuditTail {
    std::int64_t seq = 0;
    AuditLink link{};
    bool operator==(const AuditTail&) const = default;
};

// An entry as it lies in the trail.
struct AuditRow {
    AuditEntry entry;
    AuditLink link{};
    AuditMac mac{};
};

// The keys are at another step than the one that was asked for.
inline constexpr std::string_view at_another_step = "P-5031";

class AuditKeys {
 public:
    virtual ~AuditKeys() = default;

    [[nodiscard]] virtual Sha256 id() const = 0;           // of the start key and the signing key
    [[nodiscard]] virtual std::string reason() const = 0;  // why these keys were made
    // As last heard of; the keys themselves say at each MAC whether it is so.
    [[nodiscard]] virtual std::int64_t step() const = 0;
    // The entry after which the current step began; `bound` is false for keys that no trail has used yet.
    [[nodiscard]] virtual AuditTail base() const = 0;
    [[nodiscard]] virtual bool bound() const = 0;

    virtual Status bind(const AuditTail& tail) = 0;  // step 0 begins after this entry
    // Under the key of this step; P-5031 where the keys are at another one.
    [[nodiscard]] virtual Result<AuditMac> mac(std::int64_t step, const AuditLink& link) const = 0;
    // Goes on to the next step; the old key is gone from memory on return, and from its file too. Where that
    // can't be written (P-5021) the step is taken all the same, and the next call writes it.
    virtual Status ratchet(const AuditTail& tail) = 0;
    [[nodiscard]] virtual Result<Signature> sign(std::string_view text) const = 0;
};

}  // namespace provost
