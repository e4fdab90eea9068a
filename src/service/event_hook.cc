#include "service/event_hook.h"

#include "domain/text.h"
#include "service/courier.h"
#include "service/log.h"

#include <algorithm>
#include <utility>

namespace provost {

namespace {

constexpr Duration look_period = std::chrono::milliseconds(250), keep_period = std::chrono::minutes(1);
constexpr std::size_t events_at_once = 500, longest_trouble = 300;

Event own_event(std::string kind, std::string detail, Timestamp now) {
    Event event;
    event.at = now;
    event.kind = std::move(kind);
    event.detail = std::move(detail);
    event.actor = "webhook";
    return event;
}

// What the receiver is told whatever it chose: that it is tried, and that it missed something.
bool is_about(const Event& event, std::string_view name) {
    if (event.kind == "webhook.test") return event.detail == name;
    return event.kind == "webhook.missed" && event.detail.starts_with(std::string(name) + ":");
}

}  // namespace

EventHook::EventHook(House& house, EventHookSettings settings, EventsBody body)
    : house_(house), settings_(std::move(settings)), body_(std::move(body)) {
    state_.name = settings_.name;
    state_.target = settings_.target;
    state_.tenant = settings_.tenant;
    state_.events = settings_.choice.patterns();
}

std::string EventHook::note_of(std::string_view name) {
    return "webhook." + std::string(name);
}

EventHookState EventHook::state() const {
    std::unique_lock lock(mutex_);
    auto state = state_;
    lock.unlock();
    if (state.trouble.empty() && !state.tenant.empty() &&
        house_.policies.current()->tenant(state.tenant) == nullptr)
        state.trouble = "there is no tenant '" + state.tenant + "'";
    return state;
}

Status EventHook::begin(Timestamp now) {
    PROVOST_TRY(const auto note, house_.store.note(note_of(name())));
    PROVOST_TRY(const auto newest, house_.store.last_events({}, 1));
    const auto place = whole_number(note);
    move_to(place ? *place : newest.empty() ? 0 : newest.front().id);
    kept_ = position_;
    kept_at_ = now;
    if (place) return {};
    return house_.store.apply([&](Transaction& transaction) {
        return transaction.put_note(note_of(name()), std::to_string(position_));
    });
}

Timestamp EventHook::step(Timestamp now) {
    // A pause that is longer than it was meant to be is a clock that was set back.
    const bool waits = now < not_before_ && not_before_ - now <= pause_after(failures_);
    if (!hurry_.exchange(false) && waits) return not_before_;
    const auto parcel = next_parcel(now);
    if (!parcel) return pause(parcel.error(), now);
    const bool sends = !parcel->events.empty();
    if (sends && !send(*parcel, now)) return not_before_;
    if (untold_ != 0) return tell_missed(parcel->up_to, now);
    if (!sends && failures_ != 0) calm();
    move_to(parcel->up_to);
    keep(sends, now);
    return parcel->more ? now : now + look_period;
}

Result<EventParcel> EventHook::next_parcel(Timestamp now) {
    PROVOST_TRY(const auto newest, house_.store.last_events({}, 1));
    if (newest.empty() || newest.front().id <= position_) return EventParcel{{}, position_, false};
    PROVOST_TRY(auto page, next_page());
    bool full = page.size() == events_at_once;
    auto end = full ? page.back().id : std::max(newest.front().id, position_);
    if (!page.empty()) end = std::max(end, page.back().id);
    const auto policies = house_.policies.current();
    if (const auto ready = settled(page, *policies, now); ready < page.size()) {
        end = page[ready].id - 1;
        page.erase(page.begin() + static_cast<std::ptrdiff_t>(ready), page.end());
        full = false;
    }
    auto parcel =
        pack(std::move(page), end, size_, [&](const Event& event) { return wants(event, *policies); });
    parcel.more = parcel.more || full;
    return parcel;
}

// What comes next. It is read before it is asked whether something was pruned in between, so that no event
// slips through.
Result<std::vector<Event>> EventHook::next_page() {
    EventFilter filter;
    filter.without_visits = !settings_.choice.takes_visits();
    for (;;) {
        PROVOST_TRY(auto page, house_.store.events(filter, position_, events_at_once));
        PROVOST_TRY(const auto oldest, house_.store.events({}, position_, 1));
        const auto missed = oldest.empty() ? 0 : missed_between(position_, oldest.front().id);
        if (missed == 0) return page;
        pass_over(missed);
    }
}

bool EventHook::wants(const Event& event, const PolicySnapshot& policies) const {
    if (is_about(event, name())) return true;
    return settings_.choice.takes(event) && is_within(event.tenant, settings_.tenant, policies);
}

// They are gone for good. Nothing is written of it while its receiver is away: in a full list an event takes
// another one's place, and that would be the next to be missed.
void EventHook::pass_over(std::int64_t count) {
    move_to(position_ + count);
    untold_ += count;
    untold_up_to_ = position_;
    const std::lock_guard lock(mutex_);
    state_.missed += static_cast<std::uint64_t>(count);
}

// Once what was left before `up_to` is told, and together with the new place: killed anywhere, it is told
// once.
Timestamp EventHook::tell_missed(std::int64_t up_to, Timestamp now) {
    const auto event =
        own_event("webhook.missed",
                  name() + ": " + std::to_string(untold_) + " events, up to event " +
                      std::to_string(untold_up_to_) + ", were pruned before they were looked at",
                  now);
    const auto done = house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.insert_event(event));
        return transaction.put_note(note_of(name()), std::to_string(up_to));
    });
    if (!done) return pause(done.error(), now);
    untold_ = 0;
    move_to(up_to);
    kept_ = position_;
    kept_at_ = now;
    return now;
}

bool EventHook::send(const EventParcel& parcel, Timestamp now) {
    const auto done = settings_.post(parcel_id(parcel.events), body_(parcel.events));
    size_ = next_size(size_, done.has_value());
    if (done)
        took(parcel.events.size(), house_.clock.now());
    else
        refused(done.error(), parcel.events.front().at, now);
    return done.has_value();
}

void EventHook::took(std::size_t events, Timestamp now) {
    calm();
    away_since_.reset();
    if (std::exchange(told_away_, false))
        house_.store.submit_later([event = own_event("webhook.back", name(), now)](Transaction& transaction) {
            return transaction.insert_event(event).map([](std::int64_t) {});
        });
    const std::lock_guard lock(mutex_);
    state_.sent += events;
    state_.answered = now;
}

// Nothing waits any more.
void EventHook::calm() {
    failures_ = 0;
    not_before_ = {};
    const std::lock_guard lock(mutex_);
    state_.trouble.clear();
    state_.waiting_since.reset();
}

void EventHook::refused(const Error& error, Timestamp since, Timestamp now) {
    pause(error, now);
    if (!away_since_) away_since_ = now;
    const auto trouble = printable(error.text(), longest_trouble);
    if (now - *away_since_ >= away_is_news && !std::exchange(told_away_, true))
        house_.store.submit_later(
            [event = own_event("webhook.away", name() + ": " + trouble, now)](Transaction& transaction) {
                return transaction.insert_event(event).map([](std::int64_t) {});
            });
    const std::lock_guard lock(mutex_);
    ++state_.failed;
    state_.waiting_since = since;
}

// Where the store can't be read it is the same: it comes again later.
Timestamp EventHook::pause(const Error& error, Timestamp now) {
    if (failures_++ == 0) {
        auto fields = fields_of(error);
        fields.emplace_back("webhook", name());
        log_event(LogLevel::error, "webhook.failed", error.what, fields);
    }
    not_before_ = now + pause_after(failures_);
    const std::lock_guard lock(mutex_);
    state_.trouble = printable(error.text(), longest_trouble);
    return not_before_;
}

void EventHook::move_to(std::int64_t position) {
    position_ = position;
    const std::lock_guard lock(mutex_);
    state_.position = position;
}

// At once where something was sent; else now and then, so that a quiet webhook costs hardly a write. Where
// the store takes nothing it is for the next time: after a restart the receiver would get some events twice.
void EventHook::keep(bool sent, Timestamp now) {
    if (position_ == kept_) return;
    if (!sent && now >= kept_at_ && now - kept_at_ < keep_period) return;
    const auto done = house_.store.apply([&](Transaction& transaction) -> Status {
        return transaction.put_note(note_of(name()), std::to_string(position_));
    });
    kept_at_ = now;
    if (done) kept_ = position_;
}

}  // namespace provost
