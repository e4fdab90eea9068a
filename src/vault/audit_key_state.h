// What the file of the audit trail's keys holds, as the bytes that are sealed.
#pragma once

#include "service/audit_keys.h"
#include "vault/key_memory.h"

#include <string>

namespace provost {

inline constexpr std::size_t audit_payload_size = 384;
inline constexpr std::size_t longest_rekey_reason = 200;
using AuditKeyPayload = Passing<audit_payload_size>;

inline ChainKeyView view(const Key& key) {
    return ChainKeyView(key.data(), key_size);
}

struct AuditKeyFileState {
    std::uint64_t counter = 0;  // of changes
    Sha256 id{};
    std::string reason;
    std::int64_t step = 0;
    bool bound = false;
    AuditTail base;
    Key key;
};

void pack(const AuditKeyFileState& state, AuditKeyPayload& payload);
AuditKeyFileState unpack(const AuditKeyPayload& payload);

}  // namespace provost
