// A signed head: what a trail's newest entry was at a time. Kept off the host, it shows later whether the
// trail still holds it.
#pragma once

#include "service/audit_keys.h"

#include <optional>
#include <string>
#include <string_view>

namespace provost {

struct AuditHead {
    Sha256 key_id{};
    AuditTail tail;
    Timestamp at{};
    Signature signature{};
    bool operator==(const AuditHead&) const = default;
};

Result<AuditHead> sign_head(const AuditKeys& keys, const AuditTail& tail, Timestamp now);
bool is_signed_by(const PublicKey& key, const AuditHead& head);

// One line of printable text without its end: "provost-audit-head 1 key=HEX seq=17
// at=2026-11-23T23:59:59.123Z link=HEX signature=HEX". What is signed is all before " signature=".
std::string to_line(const AuditHead& head);
// Whatever stands before "provost-audit-head" is left out, as a syslog server puts it there.
std::optional<AuditHead> parse_head(std::string_view line);

}  // namespace provost
