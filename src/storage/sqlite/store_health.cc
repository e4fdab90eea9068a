#include "storage/sqlite/store_health.h"

#include "service/log.h"
#include "storage/sqlite/transaction.h"

namespace provost::sqlite {

namespace {

constexpr auto look_again_after = std::chrono::seconds(1);
constexpr auto tell_again_after = std::chrono::minutes(1);

Event tale(std::string kind, Timestamp at, std::string detail) {
    Event event;
    event.at = at;
    event.kind = std::move(kind);
    event.detail = std::move(detail);
    event.actor = "store";
    return event;
}

}  // namespace

void StoreHealth::doubt(Error cause, SteadyTime now) {
    metrics_.writable = false;
    if (trouble_) return;
    trouble_ = Trouble{std::move(cause), SystemClock().now(), now, now + tell_again_after};
    tell_failed();
}

void StoreHealth::tell_failed() const {
    log_event(LogLevel::critical, "storage.failed",
              "the store can't be written: no secret is delivered and nothing is changed until it can",
              fields_of(trouble_->cause));
}

void StoreHealth::tend(SteadyTime now) {
    if (!trouble_ || now < trouble_->look_at) return;
    if (auto done = look_over(); !done) {
        trouble_->cause = std::move(done).error();
        trouble_->look_at = std::chrono::steady_clock::now() + look_again_after;
        if (now < trouble_->tell_at) return;
        trouble_->tell_at = now + tell_again_after;
        return tell_failed();
    }
    log_event(LogLevel::warning, "storage.healed", "the store can be written again",
              {{"since", to_rfc3339(trouble_->since)}, {"refused", std::to_string(trouble_->refused)}});
    trouble_.reset();
    metrics_.writable = true;
}

Status StoreHealth::look_over() {
    PROVOST_TRY(auto fresh, Database::reopen(database_));
    database_ = std::move(fresh);
    journal_.attach();
    PROVOST_CHECK(journal_.copy_back());
    PROVOST_CHECK(trail_.recheck());
    const auto told = write_tale();
    if (told)
        trail_.note_commit();
    else
        trail_.forget();
    return told;
}

// The first change, by which it is tried, is the word of what happened.
Status StoreHealth::write_tale() {
    const auto& cause = trouble_->cause;
    return database_.transact([&]() -> Status {
        SqliteTransaction transaction(database_, trail_);
        PROVOST_CHECK(transaction.insert_event(
            tale("store.failed", trouble_->since, "[" + cause.code + "] " + cause.what + ": " + cause.why)));
        return transaction
            .insert_event(tale("store.healed", SystemClock().now(),
                               std::to_string(trouble_->refused) + " changes were refused since " +
                                   to_rfc3339(trouble_->since)))
            .map([](std::int64_t) {});
    });
}

}  // namespace provost::sqlite
