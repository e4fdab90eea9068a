// The webhooks of the configuration, each with a thread of its own, so that nothing else waits for a receiver
// that does not answer.
#pragma once

#include "service/event_hook.h"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace provost {

class EventHooks {
 public:
    // The house outlives it.
    EventHooks(House& house, std::vector<EventHookSettings> settings, const EventsBody& body);
    ~EventHooks();

    // Each goes on where it was; the place of one that the configuration has no more is forgotten. Once.
    Status open();
    [[nodiscard]] std::vector<EventHookState> states() const;
    // Writes an event that this one is told, and lets it try at once; gives the event's number. P-2091: there
    // is none of that name.
    Result<std::int64_t> test(std::string_view name, const std::string& actor);

 private:
    struct Keeper {
        Keeper(House& house, EventHookSettings settings, const EventsBody& body)
            : hook(house, std::move(settings), body) {}
        EventHook hook;
        std::mutex mutex;
        std::condition_variable_any wake;
        bool rung = false;
        std::jthread thread;  // goes first
    };
    Status forget_the_others();
    void work(Keeper& keeper, const std::stop_token& stop);

    House& house_;
    std::vector<std::unique_ptr<Keeper>> keepers_;
};

}  // namespace provost
