// A keeper of resyncs over the real store, with a sender and a registrar of our own, and the system's time
// zones.
#pragma once

#include "service/resync_keeper.h"
#include "tests/integration/house_fixture.h"

#include <thread>

namespace provost::testing_house {

class PhoneSender final : public NotifySender {
 public:
    NotifyOutcome notify(const NotifyOrder& order, const FindDigest& digest) override {
        std::unique_lock lock(mutex);
        orders.push_back(order);
        woken.wait(lock, [&] { return !silent || answers > 0; });
        if (silent) --answers;
        if (wants_digest) {
            const auto found = digest(order.account);
            got_digest = found && *found && (*found)->expose() == "hash";
        }
        return outcome;
    }
    std::size_t count() {
        const std::lock_guard guard(mutex);
        return orders.size();
    }
    // One of the phones that keep silent is given up.
    void give_up_one() {
        const std::lock_guard guard(mutex);
        ++answers;
        woken.notify_all();
    }
    std::mutex mutex;
    std::condition_variable woken;
    std::vector<NotifyOrder> orders;
    bool silent = false;
    int answers = 0;
    NotifyOutcome outcome{200, "OK", false, false, "", std::nullopt};
    bool wants_digest = false, got_digest = false;
};

class ContactRegistrar final : public Registrar {
 public:
    [[nodiscard]] RegistrarAbilities abilities() const override { return {false, true, true, false}; }
    Result<std::vector<Status>> push(std::span<const OutboxEntry>) override { return std::vector<Status>(); }
    Result<std::vector<HeldAccount>> accounts(const RegistrarAccount&, std::size_t) override {
        return std::vector<HeldAccount>();
    }
    Result<std::vector<Registration>> registrations(Timestamp, std::size_t) override { return found; }
    Result<std::vector<Registration>> registrations_of(const RegistrarAccount& account) override {
        asked = account;
        return found;
    }
    Result<std::optional<Secret>> digest(const RegistrarAccount&) override { return Secret::copy_of("hash"); }
    std::vector<Registration> found;
    RegistrarAccount asked;
};

class ResyncTest : public HouseTest {
 protected:
    std::unique_ptr<ResyncKeeper> keeper(ResyncRoute route = {"sip:proxy.example", ""}, ResyncPace pace = {},
                                         bool with_registrar = false) {
        FindRegistrars find;
        if (with_registrar)
            find = [this](TenantId, const std::string&) { return std::vector<Registrar*>{&registrar}; };
        const auto zone = [this](const std::string& name) { return read_zone(name); };
        auto made = std::make_unique<ResyncKeeper>(
            *house, ResyncKeeper::Ways{sender, find, std::move(route), zone}, pace);
        EXPECT_TRUE(made->open());
        return made;
    }
    Result<TimeZone> read_zone(const std::string& name) {
        if (name == unknown_zone) return fail({"P-8306", "there is no time zone '" + name + "' here"});
        std::ifstream in("/usr/share/zoneinfo/" + name, std::ios::binary);
        return TimeZone::parse(std::string{std::istreambuf_iterator<char>(in), {}});
    }
    static bool soon(const std::function<bool()>& holds) {
        for (int i = 0; i < 500; ++i) {
            if (holds()) return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        return false;
    }
    std::vector<Event> timeline(int number) {
        EventFilter filter;
        filter.device = mac_of(number);
        filter.kind = "device.resync";
        return store->last_events(filter, 100).value();
    }

    PhoneSender sender;
    ContactRegistrar registrar;
    std::string unknown_zone;
};

}  // namespace provost::testing_house
