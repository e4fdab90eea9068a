// Tells one program outside of events, in order: the store's events are its queue, and its place among them
// is kept there. Killed anywhere, it goes on where it was, and sends at most one parcel twice.
#pragma once

#include "service/event_choice.h"
#include "service/event_parcel.h"
#include "service/house.h"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace provost {

// Both have a deadline of their own. `id` stays the same for the same events.
using PostEvents = std::function<Status(const std::string& id, const std::string& body)>;
using EventsBody = std::function<std::string(const std::vector<Event>&)>;

struct EventHookSettings {
    std::string name;    // in the configuration
    std::string target;  // for people: without the path, which may be a secret
    EventChoice choice;
    std::string tenant;  // its events and those of all below it; empty: everybody's
    PostEvents post;
};

struct EventHookState {
    std::string name, target, tenant;
    std::vector<std::string> events;                 // patterns
    std::int64_t position = 0;                       // of the last event that it had, or that is not for it
    std::uint64_t sent = 0, failed = 0, missed = 0;  // since the start: events, tries, events pruned before
    std::string trouble;                             // of the last try; empty: it went well
    std::optional<Timestamp> answered;               // last
    std::optional<Timestamp> waiting_since;          // time of the oldest event that waits
};

class EventHook {
 public:
    static constexpr Duration away_is_news = std::chrono::minutes(1);

    EventHook(House& house, EventHookSettings settings, EventsBody body);

    // Where it was; one that is new begins with what comes next. Once, before all others.
    Status begin(Timestamp now);
    // Sends what is due, and says when to come again. One thread.
    Timestamp step(Timestamp now);
    // Any thread from here on. No pause after a failure is waited for any more.
    void hurry() { hurry_ = true; }
    [[nodiscard]] EventHookState state() const;
    [[nodiscard]] const std::string& name() const { return settings_.name; }
    // What it keeps its place under, in the store.
    static std::string note_of(std::string_view name);

 private:
    Result<EventParcel> next_parcel(Timestamp now);
    [[nodiscard]] bool wants(const Event& event, const PolicySnapshot& policies) const;
    Result<std::vector<Event>> next_page();
    void pass_over(std::int64_t count);
    Timestamp tell_missed(std::int64_t up_to, Timestamp now);
    bool send(const EventParcel& parcel, Timestamp now);
    void took(std::size_t events, Timestamp now);
    void calm();
    void refused(const Error& error, Timestamp since, Timestamp now);
    Timestamp pause(const Error& error, Timestamp now);
    void move_to(std::int64_t position);
    void keep(bool sent, Timestamp now);

    House& house_;
    const EventHookSettings settings_;
    const EventsBody body_;
    std::atomic<bool> hurry_{false};
    std::size_t size_ = EventParcel::most;  // of the next parcel
    std::int64_t position_ = 0, kept_ = 0;  // kept: as the store has it
    std::int64_t untold_ = 0;               // events that were missed, of which nobody was told yet
    std::int64_t untold_up_to_ = 0;         // the last of them
    Timestamp kept_at_{}, not_before_{};
    int failures_ = 0;  // one after the other
    std::optional<Timestamp> away_since_;
    bool told_away_ = false;
    mutable std::mutex mutex_;  // of the state
    EventHookState state_;
};

}  // namespace provost
