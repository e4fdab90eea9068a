#include "service/event_hooks.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr const char* names_note = "webhooks";  // those of the last start, a line each

}  // namespace

EventHooks::EventHooks(House& house, std::vector<EventHookSettings> settings, const EventsBody& body)
    : house_(house) {
    for (auto& one : settings) keepers_.push_back(std::make_unique<Keeper>(house, std::move(one), body));
}

EventHooks::~EventHooks() {
    for (const auto& keeper : keepers_) keeper->thread.request_stop();
}

Status EventHooks::open() {
    PROVOST_CHECK(forget_the_others());
    for (const auto& keeper : keepers_) PROVOST_CHECK(keeper->hook.begin(house_.clock.now()));
    for (const auto& keeper : keepers_)
        keeper->thread =
            std::jthread([this, raw = keeper.get()](const std::stop_token& stop) { work(*raw, stop); });
    return {};
}

// Whoever comes back after months begins anew, instead of with all that was.
Status EventHooks::forget_the_others() {
    PROVOST_TRY(const auto before, house_.store.note(names_note));
    std::string names;
    for (const auto& keeper : keepers_) names += keeper->hook.name() + "\n";
    if (names == before) return {};
    return house_.store.apply([&](Transaction& transaction) -> Status {
        for (std::string_view rest = before; !rest.empty();) {
            const auto name = rest.substr(0, rest.find('\n'));
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
            const bool stays = std::any_of(keepers_.begin(), keepers_.end(),
                                           [&](const auto& keeper) { return keeper->hook.name() == name; });
            if (!stays) PROVOST_CHECK(transaction.put_note(EventHook::note_of(name), ""));
        }
        return transaction.put_note(names_note, names);
    });
}

void EventHooks::work(Keeper& keeper, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto next = keeper.hook.step(house_.clock.now());
        std::unique_lock lock(keeper.mutex);
        const auto pause = std::max(Duration(), next - house_.clock.now());
        keeper.wake.wait_for(lock, stop, pause, [&] { return keeper.rung; });
        keeper.rung = false;
    }
}

std::vector<EventHookState> EventHooks::states() const {
    std::vector<EventHookState> states;
    for (const auto& keeper : keepers_) states.push_back(keeper->hook.state());
    return states;
}

Result<std::int64_t> EventHooks::test(std::string_view name, const std::string& actor) {
    const auto found = std::find_if(keepers_.begin(), keepers_.end(),
                                    [&](const auto& keeper) { return keeper->hook.name() == name; });
    if (found == keepers_.end())
        return fail({"P-2091", "there is no webhook '" + printable(name, 64) + "'", "webhook", "",
                     "'provost webhook list' shows those of the configuration."});
    Event event;
    event.at = house_.clock.now();
    event.kind = "webhook.test";
    event.detail = name;
    event.actor = actor;
    std::int64_t id = 0;
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(id, transaction.insert_event(event));
        return {};
    }));
    auto& keeper = **found;
    keeper.hook.hurry();
    const std::lock_guard lock(keeper.mutex);
    keeper.rung = true;
    keeper.wake.notify_all();
    return id;
}

}  // namespace provost
