// The audit trail in its table: appended to in the writer's transactions, never changed or pruned.
#pragma once

#include "service/audit_keys.h"
#include "storage/sqlite/database.h"

#include <memory>
#include <optional>

namespace provost::sqlite {

inline constexpr std::string_view audit_columns =
    "seq, step, at, uptime, kind, device, tenant, generation, proof, fingerprint, source, outcome, actor,"
    " detail, link, mac";
Result<AuditRow> read_audit_row(Query& row);
// Into a row that was used before, which keeps its memory.
Status read_audit_row(Query& query, AuditRow& row);
Result<AuditTail> read_audit_tail(Database& database);

// The writer's own, used on its thread alone; the database must stay where it is while this lives.
class AuditTrail {
 public:
    AuditTrail(Database& database, std::shared_ptr<AuditKeys> keys);

    // Looks over what came since the keys were last written, and begins the trail under new keys. P-6040: the
    // trail is not the one that the keys belong to, or was changed.
    Status start();
    // After a failure of the disk: what was committed last is there still, and fits the keys. P-6040.
    Status recheck();
    // In the open transaction.
    Status append(AuditEntry entry);

    // The trail's end within the open transaction, to go back to where a part of it is undone.
    using Mark = std::optional<AuditTail>;
    [[nodiscard]] Mark mark() const { return tail_; }
    void back_to(const Mark& mark) { tail_ = mark; }
    // After a transaction that may have been undone: the end is read anew.
    void forget() { tail_.reset(); }
    void note_commit() {
        if (tail_) committed_ = *tail_;
    }

    // Outside of a transaction: the keys take a step. What was written is under the old one.
    Result<AuditTail> ratchet();

 private:
    Status check_known(const AuditTail& known, const AuditTail& end, const char* who);
    Status check_row(const AuditRow& row, const AuditTail& before);
    Status begin_keys();
    Result<AuditTail> tail();
    Result<AuditMac> mac_of(std::int64_t step, const AuditLink& link);

    Database& database_;
    std::shared_ptr<AuditKeys> keys_;
    std::optional<AuditTail> tail_;
    AuditTail committed_;  // durable, as far as the disk told
    Bytes canonical_;
    bool astray_ = false;  // the keys turned out to be at another step than the trail
};

}  // namespace provost::sqlite
