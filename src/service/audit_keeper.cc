#include "service/audit_keeper.h"

namespace provost {

namespace {

constexpr auto step_length = std::chrono::minutes(1);
constexpr auto longest_silence = std::chrono::hours(1);

}  // namespace

AuditKeeper::AuditKeeper(Store& store, std::shared_ptr<AuditKeys> keys, std::vector<Sink> sinks)
    : store_(store), keys_(std::move(keys)), sinks_(std::move(sinks)) {}

Status AuditKeeper::tick(Timestamp now, Monotonic monotonic) {
    if (next_ && monotonic < *next_) return {};
    next_ = monotonic + step_length;
    return close(now);
}

// Keys that can't be written don't keep the head from being sent, nor one sink another.
Status AuditKeeper::close(Timestamp now) {
    const auto stepped = store_.ratchet_audit();
    Status outcome = stepped ? Status() : fail(stepped.error());
    PROVOST_TRY(const auto made, head(now));
    if (made.tail.seq == 0 || (sent_ == made.tail && now - sent_at_ < longest_silence)) return outcome;
    bool sent = true;
    for (const auto& sink : sinks_)
        if (auto done = sink(made); !done) {
            outcome = std::move(done);
            sent = false;
        }
    if (sent) {
        sent_ = made.tail;
        sent_at_ = now;
    }
    return outcome;
}

Result<AuditHead> AuditKeeper::head(Timestamp now) const {
    PROVOST_TRY(const auto tail, store_.audit_tail());
    return sign_head(*keys_, tail, now);
}

}  // namespace provost
