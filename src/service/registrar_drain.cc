#include "service/registrar_drain.h"

#include "domain/text.h"
#include "service/log.h"
#include "service/registration.h"

#include <algorithm>
#include <set>

namespace provost {

namespace {

constexpr Duration first_pause = std::chrono::seconds(1), longest_pause = std::chrono::minutes(5);
constexpr Duration store_pause = std::chrono::seconds(1), longest_rest = std::chrono::hours(1);
constexpr Duration look_back = std::chrono::hours(1);  // for registrations while the server did not run
constexpr std::size_t poll_size = 500, most_polls = 20, longest_trouble = 300;

// One of each account: what comes after it is told when that one was.
std::vector<QueuedEntry> first_of_each(std::vector<QueuedEntry> due) {
    std::set<RegistrarAccount> seen;
    std::erase_if(due, [&](const QueuedEntry& one) { return !seen.insert(account_of(one.entry)).second; });
    return due;
}

// Of those that are not dated ahead: until such a date comes it would hide all others.
Timestamp latest_of(const std::vector<Registration>& seen, Timestamp since, Timestamp now) {
    for (const auto& one : seen)
        if (one.renewed <= now) since = std::max(since, one.renewed);
    return since;
}

std::string shown(const Error& error) {
    return printable(error.text(), longest_trouble);
}

}  // namespace

Duration registrar_pause(int failures) {
    if (failures <= 0) return {};
    return std::min(longest_pause, first_pause * (1 << std::min(failures - 1, 10)));
}

RegistrarDrain::RegistrarDrain(House& house, std::string name, std::string kind,
                               std::unique_ptr<Registrar> registrar)
    : house_(house), name_(std::move(name)), kind_(std::move(kind)), registrar_(std::move(registrar)) {
    state_.name = name_;
    state_.kind = kind_;
    state_.abilities = registrar_.abilities();
}

RegistrarState RegistrarDrain::state() const {
    const std::lock_guard lock(mutex_);
    return state_;
}

Timestamp RegistrarDrain::step(Timestamp now) {
    // A pause that is longer than any is a clock that was set back.
    const bool waits = now < not_before_ && not_before_ - now <= longest_pause;
    if (!hurry_.exchange(false) && waits) return not_before_;
    auto outcome = drain(now);
    if (outcome == Outcome::well) outcome = poll(now);
    settle(outcome, now);
    return next(now);
}

Timestamp RegistrarDrain::next(Timestamp now) {
    if (now < not_before_) return not_before_;
    auto next = now + longest_rest;
    if (state_.abilities.tells_registrations) next = std::min(next, next_poll_);
    const auto due = house_.store.registrar_queue().next_due(name_);
    if (!due) return now + store_pause;
    if (*due && **due - now > 2 * longest_pause)  // the clock was set back: nothing waits so long
        (void)house_.store.apply([&](Transaction& transaction) -> Status {
            return transaction.registrar_queue().replay(name_, "", now).map([](std::int64_t) {});
        });
    return *due ? std::min(next, std::max(now, **due)) : next;
}

RegistrarDrain::Outcome RegistrarDrain::drain(Timestamp now) {
    for (;;) {
        auto due = house_.store.registrar_queue().due(name_, now, batch_size);
        if (!due) return took(due.error(), Outcome::store_failed);
        if (due->empty()) return Outcome::well;
        const auto outcome = tell(first_of_each(std::move(*due)), now);
        if (outcome != Outcome::well) return outcome;
    }
}

RegistrarDrain::Outcome RegistrarDrain::tell(const std::vector<QueuedEntry>& batch, Timestamp now) {
    std::vector<OutboxEntry> entries;
    for (const auto& one : batch) entries.push_back(one.entry);
    const auto answers = registrar_.push(entries);
    for (auto& entry : entries) {  // as good as passwords
        wipe(entry.ha1_md5.data(), entry.ha1_md5.size());
        wipe(entry.ha1_sha256.data(), entry.ha1_sha256.size());
    }
    if (!answers) return took(answers.error(), Outcome::away);
    if (answers->size() != batch.size())
        return took({"P-8110", "the registrar did not answer for every entry", name_}, Outcome::away);
    const auto noted = note_told(batch, *answers, now);
    return noted ? Outcome::well : took(noted.error(), Outcome::store_failed);
}

Status RegistrarDrain::note_told(const std::vector<QueuedEntry>& batch, const std::vector<Status>& answers,
                                 Timestamp now) {
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        for (std::size_t i = 0; i < batch.size(); ++i) {
            PROVOST_CHECK(answers[i] ? transaction.registrar_queue().told(name_, batch[i].entry.id, now)
                                     : note_refusal(transaction, batch[i], answers[i].error(), now));
        }
        return {};
    }));
    const auto told = static_cast<std::size_t>(
        std::count_if(answers.begin(), answers.end(), [](const Status& one) { return one.has_value(); }));
    const std::lock_guard lock(mutex_);
    state_.told += told;
    state_.refused += answers.size() - told;
    return {};
}

// Its account waits; that it does is an event at the first time.
Status RegistrarDrain::note_refusal(Transaction& transaction, const QueuedEntry& queued, const Error& why,
                                    Timestamp now) {
    const auto& entry = queued.entry;
    PROVOST_CHECK(transaction.registrar_queue().refused(name_, entry, shown(why),
                                                        now + registrar_pause(queued.tries + 1)));
    if (queued.tries != 0) return {};
    Event event;
    event.at = now;
    event.kind = "registrar.refused";
    event.device = entry.device;
    event.tenant = entry.tenant;
    event.detail = name_ + ": " + shown(why);
    event.actor = "registrar";
    return transaction.insert_event(event).map([](std::int64_t) {});
}

RegistrarDrain::Outcome RegistrarDrain::poll(Timestamp now) {
    if (!state_.abilities.tells_registrations) return Outcome::well;
    if (now < next_poll_ && next_poll_ - now <= poll_period) return Outcome::well;
    next_poll_ = now + poll_period;
    polled_ = std::min(polled_.value_or(now - look_back), now);
    for (std::size_t i = 0; i < most_polls; ++i) {
        const auto seen = registrar_.registrations(*polled_, poll_size);
        if (!seen) return took(seen.error(), Outcome::away);
        for (const auto& one : *seen) {
            const auto done = confirm_registration(house_, {one.account, one.renewed, name_}, "registrar");
            if (!done) return took(done.error(), Outcome::store_failed);
            const std::lock_guard lock(mutex_);
            state_.confirmed += *done ? 1 : 0;
        }
        const bool whole = seen->size() < poll_size || seen->front().renewed > now;
        const auto latest = latest_of(*seen, *polled_, now);
        if (latest == *polled_ && !whole)
            *polled_ += std::chrono::seconds(1);  // more in it than a page holds
        polled_ = std::max(*polled_, latest);
        if (whole) break;
    }
    return Outcome::well;
}

RegistrarDrain::Outcome RegistrarDrain::took(const Error& error, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    state_.trouble = shown(error);
    if (failures_ == 0) {
        auto fields = fields_of(error);
        fields.emplace_back("registrar", name_);
        log_event(LogLevel::error, "registrar.failed", error.what, fields);
    }
    return outcome;
}

void RegistrarDrain::settle(Outcome outcome, Timestamp now) {
    std::string trouble;
    Duration away{};
    {
        const std::lock_guard lock(mutex_);
        if (outcome == Outcome::well) {
            state_.away_since.reset();
            state_.trouble.clear();
            state_.answered = now;
        } else {
            ++state_.failures;
            if (outcome == Outcome::away && !state_.away_since) state_.away_since = now;
            if (state_.away_since) away = now - *state_.away_since;
        }
        trouble = state_.trouble;
    }
    if (outcome == Outcome::well) {
        not_before_ = {};
        failures_ = 0;
        if (std::exchange(told_away_, false)) announce("registrar.back", name_, now);
        return;
    }
    ++failures_;
    not_before_ = now + (outcome == Outcome::away ? registrar_pause(failures_) : store_pause);
    if (away < away_is_news || told_away_) return;
    told_away_ = true;
    announce("registrar.away", name_ + ": " + trouble, now);
}

void RegistrarDrain::announce(std::string kind, std::string detail, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = std::move(kind);
    event.detail = std::move(detail);
    event.actor = "registrar";
    house_.store.submit_later([event = std::move(event)](Transaction& transaction) {
        return transaction.insert_event(event).map([](std::int64_t) {});
    });
}

}  // namespace provost
