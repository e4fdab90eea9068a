#include "service/review_keeper.h"

#include "domain/text.h"
#include "service/tenants.h"

#include <charconv>

namespace provost {

namespace {

constexpr const char* mark_note = "review.mark";
constexpr const char* begun_note = "review.begun";
constexpr const char* reminded_note = "review.reminded";
constexpr std::size_t page_size = 2000;
constexpr std::size_t most_entries = 2'000'000;  // of the trail that one review looks at
constexpr std::size_t longest_note = 256;
constexpr Duration look_up_period = std::chrono::seconds(30);
constexpr Duration reminder_period = std::chrono::hours(24);

// "5120 2026-11-26T09:00:00.000Z unix:root"
std::string to_note(const ReviewMark& mark) {
    return std::to_string(mark.up_to) + " " + to_rfc3339(mark.at) + " " + mark.by;
}

ReviewMark from_note(std::string_view note) {
    ReviewMark mark;
    const auto first = note.find(' '), second = note.find(' ', first + 1);
    if (first == note.npos || second == note.npos) return mark;
    const auto at = from_rfc3339(note.substr(first + 1, second - first - 1));
    if (!at) return mark;
    std::from_chars(note.data(), note.data() + first, mark.up_to);
    mark.at = *at;
    mark.by = note.substr(second + 1);
    return mark;
}

Status take_events(Store& store, ReviewTally& tally, std::int64_t after, std::int64_t up_to) {
    while (after < up_to) {
        PROVOST_TRY(const auto events, store.events({}, after, page_size));
        for (const auto& event : events) {
            if (event.id > up_to) return {};
            tally.take(event);
        }
        if (events.empty()) return {};
        after = events.back().id;
    }
    return {};
}

// Newest first, back to where the review begins.
Status take_trail(Store& store, ReviewTally& tally, Timestamp from) {
    std::int64_t before = 0;
    for (std::size_t looked = 0; looked < most_entries;) {
        PROVOST_TRY(const auto found, store.audit({}, before, page_size));
        for (const auto& row : found.rows) {
            if (row.entry.at < from) return {};
            tally.take(row.entry);
        }
        looked += found.rows.size();
        before = found.looked_until;
        if (before == 0) return {};
    }
    return {};
}

Error no_such_event(std::int64_t up_to) {
    return {"P-2080", "there is no such event to review up to", "up_to", std::to_string(up_to),
            "'provost review' says which event it looked at last."};
}

}  // namespace

Result<ReviewMark> ReviewKeeper::read_mark() const {
    PROVOST_TRY(const auto note, store_.note(mark_note));
    return from_note(note);
}

Result<Review> ReviewKeeper::make(const ReviewNames& names, Timestamp now,
                                  std::optional<std::int64_t> after) {
    Review frame;
    frame.to = now;
    PROVOST_TRY(frame.last, read_mark());
    frame.after = after.value_or(frame.last.up_to);
    PROVOST_TRY(const auto newest, store_.last_events({}, 1));
    if (!newest.empty()) frame.up_to = newest.front().id;
    PROVOST_TRY(const auto oldest, store_.events({}, frame.after, 1));
    // Numbers of events have no gap, but where old ones were pruned.
    if (!oldest.empty() && !after && oldest.front().id > frame.after + 1)
        frame.missed = static_cast<std::uint64_t>(oldest.front().id - frame.after - 1);
    frame.from = oldest.empty() ? now : oldest.front().at;
    if (!after && frame.last.up_to != 0) frame.from = frame.last.at;
    frame.due = state(now).due;
    ReviewTally tally(names);
    PROVOST_CHECK(take_events(store_, tally, frame.after, frame.up_to));
    PROVOST_CHECK(take_trail(store_, tally, frame.from));
    PROVOST_TRY(const auto bans, store_.bans());
    return tally.finish(std::move(frame), bans);
}

Result<ReviewMark> ReviewKeeper::mark(const Draft& draft, Timestamp now, const std::string& actor) {
    if (draft.note.size() > longest_note || !is_clean_text(draft.note))
        return fail({"P-2082", "the note is refused", "note",
                     "it is longer than 256 bytes or holds control characters"});
    PROVOST_TRY(const auto newest, store_.last_events({}, 1));
    if (draft.up_to < 0 || newest.empty() || draft.up_to > newest.front().id)
        return fail(no_such_event(draft.up_to));
    const ReviewMark made{draft.up_to, now, actor};
    PROVOST_CHECK(store_.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(const auto note, transaction.note(mark_note));
        if (const auto last = from_note(note); last.up_to > draft.up_to)
            return fail({"P-2081", "more is marked as reviewed already", "up_to",
                         "up to event " + std::to_string(last.up_to) + " by " + last.by,
                         "Look at the review as it is now."});
        PROVOST_CHECK(transaction.put_note(mark_note, to_note(made)));
        auto event = change_event("review.done", actor, now);
        event.detail = "up to event " + std::to_string(draft.up_to);
        if (!draft.note.empty()) event.detail += ": " + draft.note;
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    const std::lock_guard lock(mutex_);
    last_ = made;
    since_ = now;
    return made;
}

bool ReviewKeeper::is_due(Timestamp now) const {
    return known_ && every_ > Duration(0) && now - since_ >= every_;
}

ReviewKeeper::State ReviewKeeper::state(Timestamp now) const {
    const std::lock_guard lock(mutex_);
    return {is_due(now), last_, since_, every_};
}

// An installation that nobody ever reviewed counts from its first start with this program.
Status ReviewKeeper::look_up(Timestamp now) {
    PROVOST_TRY(const auto mark, read_mark());
    PROVOST_TRY(const auto begun_text, store_.note(begun_note));
    PROVOST_TRY(const auto reminded, store_.note(reminded_note));
    const auto begun = from_rfc3339(begun_text);
    if (!begun)
        PROVOST_CHECK(store_.apply(
            [&](Transaction& transaction) { return transaction.put_note(begun_note, to_rfc3339(now)); }));
    const std::lock_guard lock(mutex_);
    last_ = mark;
    since_ = mark.up_to == 0 && mark.by.empty() ? begun.value_or(now) : mark.at;
    reminded_ = from_rfc3339(reminded).value_or(Timestamp());
    looked_up_ = now;
    known_ = true;
    return {};
}

Status ReviewKeeper::tick(Timestamp now) {
    if (!known_ || now - looked_up_ >= look_up_period || now < looked_up_) PROVOST_CHECK(look_up(now));
    Duration late{};
    {
        const std::lock_guard lock(mutex_);
        if (!is_due(now) || (reminded_ >= since_ && now - reminded_ < reminder_period)) return {};
        late = std::chrono::floor<std::chrono::hours>(now - since_ - every_);
    }
    PROVOST_CHECK(store_.apply([&](Transaction& transaction) -> Status {
        PROVOST_CHECK(transaction.put_note(reminded_note, to_rfc3339(now)));
        auto event = change_event("review.due", "clock", now);
        event.detail = "the last review is older than " + to_text(every_) +
                       (late > Duration(0) ? ", overdue by " + to_text(late) : std::string());
        return transaction.insert_event(event).map([](std::int64_t) {});
    }));
    const std::lock_guard lock(mutex_);
    reminded_ = now;
    return {};
}

}  // namespace provost
