#include "service/registrar_hub.h"

#include "domain/text.h"

#include <algorithm>

namespace provost {

namespace {

constexpr std::size_t entries_at_once = 500;

}  // namespace

RegistrarHub::RegistrarHub(House& house, std::vector<OpenRegistrar> registrars) : house_(house) {
    for (auto& one : registrars) keepers_.push_back(std::make_unique<Keeper>(house, std::move(one)));
}

RegistrarHub::~RegistrarHub() {
    house_.store.on_queued(nullptr);
    for (const auto& keeper : keepers_) keeper->thread.request_stop();
}

Status RegistrarHub::open() {
    PROVOST_CHECK(queue_what_waits());
    house_.store.on_queued([this] {
        for (const auto& keeper : keepers_) ring(*keeper);
    });
    for (const auto& keeper : keepers_)
        keeper->thread =
            std::jthread([this, raw = keeper.get()](const std::stop_token& stop) { work(*raw, stop); });
    return {};
}

// The configuration may be another than when an entry was released. What is sent has no digests any more: a
// registrar that is new to it learns it by new credentials.
Status RegistrarHub::queue_what_waits() {
    Page page{"", entries_at_once};
    for (;;) {
        PROVOST_TRY(const auto entries, house_.store.outbox(true, page));
        PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
            for (const auto& entry : entries)
                if (entry.state == OutboxState::due)
                    PROVOST_CHECK(transaction.registrar_queue().queue(
                        entry, house_.registrars->serving(entry.tenant, entry.realm), house_.clock.now()));
            return {};
        }));
        if (entries.size() < entries_at_once) return {};
        page.after = std::to_string(entries.back().id);
    }
}

void RegistrarHub::work(Keeper& keeper, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto next = keeper.drain.step(house_.clock.now());
        std::unique_lock lock(keeper.mutex);
        const auto pause = std::max(Duration(), next - house_.clock.now());
        keeper.wake.wait_for(lock, stop, pause, [&] { return keeper.rung; });
        keeper.rung = false;
    }
}

void RegistrarHub::ring(Keeper& keeper) {
    const std::lock_guard lock(keeper.mutex);
    keeper.rung = true;
    keeper.wake.notify_all();
}

std::vector<RegistrarState> RegistrarHub::states() const {
    std::vector<RegistrarState> states;
    for (const auto& keeper : keepers_) states.push_back(keeper->drain.state());
    return states;
}

Result<RegistrarHub::Keeper*> RegistrarHub::find(std::string_view name) const {
    for (const auto& keeper : keepers_)
        if (keeper->drain.name() == name) return keeper.get();
    return fail({"P-8101", "there is no registrar '" + printable(name, 64) + "'", "registrar", "",
                 "'provost registrar list' shows those of the configuration."});
}

Result<Registrar*> RegistrarHub::registrar(std::string_view name) {
    PROVOST_TRY(auto* const keeper, find(name));
    return &keeper->drain.registrar();
}

Result<std::int64_t> RegistrarHub::replay(std::string_view name, const std::string& user) {
    PROVOST_TRY(auto* const keeper, find(name));
    std::int64_t count = 0;
    keeper->drain.hurry();
    PROVOST_CHECK(house_.store.apply([&](Transaction& transaction) -> Status {
        PROVOST_TRY(count,
                    transaction.registrar_queue().replay(keeper->drain.name(), user, house_.clock.now()));
        return {};
    }));
    ring(*keeper);
    return count;
}

}  // namespace provost
