// Verifies a trail, entry by entry, in the order of their numbers. Pure; memory does not grow with the trail.
#pragma once

#include "service/audit_head.h"
#include "service/audit_keys.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace provost {

// What an operator keeps of a trail's keys, off the host: all that it takes to verify (`start`), or what
// verifies heads alone.
struct AuditStart {
    Sha256 id{};
    PublicKey public_key{};
    std::optional<ChainKey> start;
};

struct AuditFault {
    std::int64_t seq = 0;  // of the entry, or of the first of those missing
    std::string what;
};

struct AuditVerdict {
    std::int64_t entries = 0, macs_checked = 0, heads_checked = 0;
    AuditTail last;
    Timestamp from{}, to{};          // of the first and last entry
    std::int64_t faulty = 0;         // how many faults
    std::vector<AuditFault> faults;  // the first hundred
    std::vector<std::string> notes;  // what was not checked, and what that takes
};

class AuditVerifier {
 public:
    AuditVerifier(std::vector<AuditStart> starts, std::vector<AuditHead> heads);
    void take(const AuditRow& row);
    AuditVerdict finish();

 private:
    void fault(std::int64_t seq, std::string what);
    void note(std::string text);
    void check_place(const AuditRow& row);
    void follow_keys(const AuditEntry& entry);
    void begin_keys(const AuditEntry& entry);
    void check_mac(const AuditRow& row);
    void check_heads(const AuditRow& row);
    void check_signature(const AuditHead& head);
    [[nodiscard]] const AuditStart* find(const Sha256& id) const;

    std::vector<AuditStart> starts_;
    std::vector<AuditHead> heads_;  // by number
    std::size_t next_head_ = 0;
    bool has_start_ = false;  // one of starts_ can check MACs

    AuditVerdict verdict_;
    AuditTail before_;             // what came before the entry in hand, as it lies in the trail
    std::int64_t step_ = 0;        // of the entry before
    std::optional<ChainKey> key_;  // of step_; nullopt: not known
    bool doubtful_ = false;        // the entry before was faulty, or is missing
    bool faulty_ = false;          // the entry in hand is
    bool guessed_ = false;         // key_ was made from a doubtful entry
    Bytes canonical_;
};

}  // namespace provost
