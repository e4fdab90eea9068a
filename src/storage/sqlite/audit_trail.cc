#include "storage/sqlite/audit_trail.h"

#include "crypto/digest.h"

#include <chrono>

namespace provost::sqlite {

namespace {

const std::string select_rows = "SELECT " + std::string(audit_columns) + " FROM audit ";

std::int64_t uptime() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

Error not_whole(std::string why) {
    return {
        "P-6040", "the audit trail does not fit its keys", "audit", std::move(why),
        "Find out who changed it ('provost audit verify'). After a restored backup, or once it is settled: "
        "stop the server and run 'provost audit rekey', which the trail will tell"};
}

}  // namespace

Status read_audit_row(Query& query, AuditRow& row) {
    auto& e = row.entry;
    PROVOST_CHECK(query.read(e.seq, e.step, e.at, e.uptime, e.kind, e.device, e.tenant, e.generation, e.proof,
                             e.fingerprint, e.source, e.outcome, e.actor, e.detail, row.link, row.mac));
    return {};
}

Result<AuditRow> read_audit_row(Query& query) {
    AuditRow row;
    PROVOST_CHECK(read_audit_row(query, row));
    return row;
}

Result<AuditTail> read_audit_tail(Database& database) {
    AuditTail tail;
    auto query = database.query("SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1");
    PROVOST_TRY(const bool row, query.next());
    if (row) PROVOST_CHECK(query.read(tail.seq, tail.link));
    return tail;
}

AuditTrail::AuditTrail(Database& database, std::shared_ptr<AuditKeys> keys)
    : database_(database), keys_(std::move(keys)) {}

Result<AuditTail> AuditTrail::tail() {
    if (!tail_) {
        PROVOST_TRY(tail_, read_audit_tail(database_));
    }
    return *tail_;
}

Status AuditTrail::append(AuditEntry entry) {
    PROVOST_TRY(const auto before, tail());
    entry.seq = before.seq + 1;
    entry.step = keys_->step();
    entry.uptime = uptime();
    escape(entry);
    canonical_bytes(entry, canonical_);
    const auto link = audit_link(before.link, canonical_);
    static const std::string sql = "INSERT INTO audit (" + std::string(audit_columns) +
                                   ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14,"
                                   " ?15, ?16)";
    PROVOST_TRY(const auto mac, mac_of(entry.step, link));
    if (const auto written =
            database_.run(sql, entry.seq, entry.step, entry.at, entry.uptime, entry.kind, entry.device,
                          entry.tenant, entry.generation, entry.proof, entry.fingerprint, entry.source,
                          entry.outcome, entry.actor, entry.detail, link, mac);
        !written)
        return fail({"P-6041", "the audit trail can't be written, so nothing was done", written.error().where,
                     written.error().why, written.error().fix});
    tail_ = {entry.seq, link};
    return {};
}

// Keys that a holder of its own lost a step of: what waits fails, and the next minute brings them up again.
Result<AuditMac> AuditTrail::mac_of(std::int64_t step, const AuditLink& link) {
    auto mac = keys_->mac(step, link);
    if (!mac && mac.error().code == at_another_step) astray_ = true;
    return mac;
}

Result<AuditTail> AuditTrail::ratchet() {
    if (std::exchange(astray_, false)) PROVOST_CHECK(start());
    PROVOST_TRY(const auto end, tail());
    PROVOST_CHECK(keys_->ratchet(end));
    return end;
}

// Steps that the keys' file does not know of yet are taken on the way: a crash, or a disk that took no
// writes, leaves it behind the trail.
Status AuditTrail::start() {
    PROVOST_TRY(auto end, read_audit_tail(database_));
    if (!keys_->bound()) PROVOST_CHECK(keys_->bind(end));
    PROVOST_CHECK(check_known(keys_->base(), end, "the keys know"));
    auto before = keys_->base();
    const bool begun = end.seq > before.seq;
    {
        static const std::string sql = select_rows + "WHERE seq > ?1 ORDER BY seq";
        auto query = database_.query(sql, before.seq);
        for (AuditRow row;;) {
            PROVOST_TRY(const bool more, query.next());
            if (!more) break;
            PROVOST_CHECK(read_audit_row(query, row));
            if (row.entry.step == keys_->step() + 1) PROVOST_CHECK(keys_->ratchet(before));
            PROVOST_CHECK(check_row(row, before));
            before = {row.entry.seq, row.link};
        }
    }
    tail_ = committed_ = before;
    return begun || keys_->step() > 0 ? Status() : begin_keys();
}

Status AuditTrail::recheck() {
    forget();
    PROVOST_TRY(const auto end, read_audit_tail(database_));
    PROVOST_CHECK(check_known(committed_, end, "the server wrote"));
    return start();
}

Status AuditTrail::check_known(const AuditTail& known, const AuditTail& end, const char* who) {
    if (known.seq > end.seq)
        return fail(not_whole("it ends at entry " + std::to_string(end.seq) + ", and " + who + " entry " +
                              std::to_string(known.seq)));
    if (known.seq == 0) return {};
    AuditLink link{};
    auto query = database_.query("SELECT link FROM audit WHERE seq = ?1", known.seq);
    PROVOST_TRY(const bool found, query.next());
    if (found) PROVOST_CHECK(query.read(link));
    if (link == known.link) return {};
    return fail(not_whole("entry " + std::to_string(known.seq) + " is not the one that " + who));
}

Status AuditTrail::check_row(const AuditRow& row, const AuditTail& before) {
    const auto& entry = row.entry;
    canonical_bytes(entry, canonical_);
    PROVOST_TRY(const auto expected, keys_->mac(keys_->step(), row.link));
    const bool whole = entry.seq == before.seq + 1 && entry.step == keys_->step() &&
                       audit_link(before.link, canonical_) == row.link &&
                       same_bytes(as_text(expected), as_text(row.mac));
    if (whole) return {};
    return fail(
        not_whole("entry " + std::to_string(entry.seq) + " was changed, or others before it are gone"));
}

Status AuditTrail::begin_keys() {
    AuditEntry entry;
    entry.at = SystemClock().now();
    entry.kind = audit_keyed;
    entry.fingerprint = keys_->id();
    entry.actor = "server";
    entry.detail = keys_->reason();
    const auto done = database_.transact([&] { return append(std::move(entry)); });
    if (done)
        note_commit();
    else
        forget();
    return done;
}

}  // namespace provost::sqlite
