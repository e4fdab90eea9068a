// Webhooks for events over the real store: where they begin, what outlives a restart, what was pruned.
#include "house_fixture.h"
#include "service/courier.h"
#include "service/event_hooks.h"

#include <algorithm>

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::HouseTest;

class WebhooksTest : public HouseTest {
 protected:
    struct Receiver {
        bool open = true;
        std::vector<std::vector<Event>> got;  // a body each
        std::vector<std::string> tries;       // ids
        [[nodiscard]] std::vector<std::string> kinds() const {
            std::vector<std::string> kinds;
            for (const auto& body : got)
                for (const auto& one : body) kinds.push_back(one.kind);
            return kinds;
        }
    };

    void TearDown() override {
        hook.reset();
        HouseTest::TearDown();
    }
    EventHookSettings settings(std::vector<std::string> patterns, std::string tenant = "") {
        return {"crm", "https://crm.example:443", EventChoice(std::move(patterns)), std::move(tenant),
                [this](const std::string& id, const std::string&) -> Status {
                    receiver.tries.push_back(id);
                    if (!receiver.open) return fail({"P-7021", "closed"});
                    receiver.got.push_back(sent);
                    return {};
                }};
    }
    // A restart of the server, as far as the webhook can tell.
    void begin(std::vector<std::string> patterns, const std::string& tenant = "") {
        hook.reset();
        hook = std::make_unique<EventHook>(*house, settings(std::move(patterns), tenant),
                                           [this](const std::vector<Event>& events) {
                                               sent = events;
                                               return std::string("{}");
                                           });
        ASSERT_TRUE(hook->begin(clock.now()));
    }
    // Until there is nothing to do but to look again later.
    void run() {
        for (int i = 0; i < 10'000; ++i)
            if (hook->step(clock.now()) > clock.now()) return;
        FAIL() << "it never rests";
    }
    void later(Duration time) {
        clock.advance(time);
        run();
    }
    void happen(const std::string& kind, TenantId tenant = 0, std::string detail = "") {
        Event event;
        event.at = clock.now();
        event.kind = kind;
        event.tenant = tenant;
        event.detail = std::move(detail);
        ASSERT_TRUE(store->apply([&](Transaction& transaction) {
            return transaction.insert_event(event).map([](std::int64_t) {});
        }));
    }
    void visits(int count) {
        for (int i = 0; i < count; ++i) {
            Event event;
            event.at = clock.now();
            event.kind = "visit";
            event.rule = "resync";
            store->record(std::move(event));
        }
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    }
    [[nodiscard]] TenantId tenant_of(const std::string& slug) const {
        return policies.current()->tenant(slug)->tenant.id;
    }
    void add_tenant(const std::string& slug, const std::string& parent) {
        Tenants::Draft draft;
        draft.slug = slug;
        draft.parent = parent;
        ASSERT_TRUE(TenantService(*house).create(draft, "test"));
    }
    static EventFilter of_kind(std::string kind) {
        EventFilter filter;
        filter.kind = std::move(kind);
        return filter;
    }
    [[nodiscard]] std::int64_t newest() const { return store->last_events({}, 1).value().front().id; }
    void keep_few_events(std::int64_t count) {
        store.reset();
        SqliteOptions options;
        options.events_kept = count;
        store = open_sqlite_store(folder / "provost.db", audit_keys, options).value();
        house.reset(new House{*store, *keys, clock, policies, house->vendors, testing_house::read_profile()});
    }

    Receiver receiver;
    std::vector<Event> sent;
    std::unique_ptr<EventHook> hook;
};

TEST_F(WebhooksTest, R_C7_ANewOneBeginsWithWhatComesNextAndGoesOnWhereItWas) {
    happen("ban.added");
    begin({"ban.*"});
    run();
    EXPECT_TRUE(receiver.got.empty());
    begin({"ban.*"});
    happen("ban.added");
    visits(700);
    happen("trust.crl");
    happen("ban.removed");
    run();
    EXPECT_EQ(receiver.kinds(), (std::vector<std::string>{"ban.added", "ban.removed"}));
    EXPECT_EQ(receiver.got.size(), 1U) << "what waits together goes together";
    EXPECT_EQ(hook->state().position, newest());
    EXPECT_EQ(hook->state().sent, 2U);
    begin({"ban.*"});
    run();
    EXPECT_EQ(receiver.kinds().size(), 2U) << "nobody gets it twice";
}

TEST_F(WebhooksTest, R_C7_WhatIsNotTakenWaitsInOrderWithGrowingPauses) {
    begin({"ban.*"});
    receiver.open = false;
    happen("ban.added");
    run();
    EXPECT_EQ(receiver.tries.size(), 1U);
    later(4s);
    EXPECT_EQ(receiver.tries.size(), 1U);
    later(1s);
    EXPECT_EQ(receiver.tries.size(), 2U);
    EXPECT_EQ(receiver.tries[0], receiver.tries[1]) << "one id for all tries";
    happen("ban.removed");
    later(9s);
    EXPECT_EQ(receiver.tries.size(), 2U);
    EXPECT_EQ(hook->state().failed, 2U);
    EXPECT_TRUE(hook->state().waiting_since);
    EXPECT_NE(hook->state().trouble, "");
    hook->hurry();
    receiver.open = true;
    run();
    EXPECT_EQ(receiver.kinds(), (std::vector<std::string>{"ban.added", "ban.removed"}));
    EXPECT_EQ(hook->state().trouble, "");
    EXPECT_FALSE(hook->state().waiting_since);
}

TEST_F(WebhooksTest, R_C7_WhoIsAwayForAMinuteIsAnEventAndSoIsItsReturn) {
    begin({"webhook.*"});
    receiver.open = false;
    happen("webhook.back");  // any of its kind
    const auto told = [&](const std::string& kind) {
        EventFilter filter;
        filter.kind = kind;
        EXPECT_TRUE(store->apply([](Transaction&) { return Status(); }));
        return store->last_events(filter, 10).value();
    };
    for (int i = 0; i < 50; ++i) later(1s);
    EXPECT_TRUE(told("webhook.away").empty());
    for (int i = 0; i < 600; ++i) later(1s);
    ASSERT_EQ(told("webhook.away").size(), 1U);
    EXPECT_NE(told("webhook.away")[0].detail.find("crm: closed"), std::string::npos);
    receiver.open = true;
    for (int i = 0; i < 900; ++i) later(1s);
    EXPECT_EQ(told("webhook.back").size(), 2U);
    later(1s);
    EXPECT_EQ(receiver.kinds(), (std::vector<std::string>{"webhook.back", "webhook.away", "webhook.back"}));
}

TEST_F(WebhooksTest, R_C7_AReceiverThatIsTooSlowForManyGetsFewAtOnce) {
    begin({"visit"});
    visits(230);
    receiver.open = false;
    hook->step(clock.now());
    EXPECT_EQ(sent.size(), 100U);
    for (const std::size_t size : {50U, 25U, 12U}) {
        hook->hurry();
        hook->step(clock.now());
        EXPECT_EQ(sent.size(), size);
    }
    receiver.open = true;
    hook->hurry();
    run();
    std::vector<std::size_t> sizes;
    std::int64_t last = 0;
    for (const auto& body : receiver.got) {
        sizes.push_back(body.size());
        for (const auto& one : body) {
            EXPECT_GT(one.id, last);
            last = one.id;
        }
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{6, 12, 24, 48, 96, 44}));
}

TEST_F(WebhooksTest, R_C7_ATenantsOneHearsOfNobodyElse) {
    add_tenant("west", "acme");
    add_tenant("other", "");
    begin({"device.*", "ban.*"}, "acme");
    happen("device.armed", tenant_of("acme"));
    happen("device.armed", tenant_of("other"));
    happen("ban.added");
    happen("device.retired", tenant_of("west"));
    run();
    EXPECT_EQ(receiver.kinds(), (std::vector<std::string>{"device.armed", "device.retired"}));
    EXPECT_EQ(hook->state().trouble, "");
    begin({"*"}, "acme-ltd");
    happen("device.armed", tenant_of("acme"));
    run();
    EXPECT_EQ(receiver.got.size(), 1U);
    EXPECT_EQ(hook->state().trouble, "there is no tenant 'acme-ltd'");
}

TEST_F(WebhooksTest, R_C7_WhatWasPrunedBeforeIsToldOnceWithItsCount) {
    keep_few_events(300);
    begin({"ban.*"});
    receiver.open = false;
    happen("ban.added");
    run();
    const auto before = hook->state().position;
    visits(1000);
    happen("ban.removed");
    visits(10);
    const auto oldest = store->events({}, 0, 1).value().front().id;
    ASSERT_GT(oldest, before + 1);
    receiver.open = true;
    begin({"ban.*"});
    run();
    later(1s);
    EXPECT_EQ(receiver.kinds(), (std::vector<std::string>{"ban.removed", "webhook.missed"}));
    EXPECT_EQ(hook->state().missed, static_cast<std::uint64_t>(oldest - before - 1));
    EXPECT_TRUE(sent.back().detail.starts_with("crm: " + std::to_string(oldest - before - 1) + " events"))
        << sent.back().detail;
    begin({"ban.*"});
    run();
    EXPECT_EQ(receiver.kinds().size(), 2U);
}

// A full list turns over again and again while the receiver is away: it is told once, and left alone
// meanwhile.
TEST_F(WebhooksTest, R_C7_WhatIsPrunedWhileItsReceiverIsAwayIsToldOnceItIsBack) {
    keep_few_events(300);
    begin({"ban.*"});
    const auto begun = hook->state().position;
    receiver.open = false;
    for (std::size_t turn = 1; turn <= 5; ++turn) {
        visits(1000);
        happen("ban.added");
        later(pause_after(static_cast<int>(turn)));
        EXPECT_EQ(receiver.tries.size(), turn);
        later(pause_after(static_cast<int>(turn)) - 1s);
        EXPECT_EQ(receiver.tries.size(), turn) << "the pauses grow all the same";
        EXPECT_TRUE(store->last_events(of_kind("webhook.missed"), 1).value().empty());
    }
    const auto oldest = store->events({}, 0, 1).value().front().id;
    receiver.open = true;
    later(1h);
    later(1h);
    EXPECT_EQ(receiver.kinds(), (std::vector<std::string>{"ban.added", "webhook.missed"}));
    EXPECT_EQ(hook->state().missed, static_cast<std::uint64_t>(oldest - begun - 1));
    EXPECT_TRUE(sent.back().detail.starts_with("crm: " + std::to_string(oldest - begun - 1) + " events"))
        << sent.back().detail;
}

TEST_F(WebhooksTest, R_C7_ATestReachesTheOneThatWasNamedWhateverItChose) {
    begin({"ban.*"}, "acme");
    happen("webhook.test", 0, "erp");
    happen("webhook.test", 0, "crm");
    run();
    ASSERT_EQ(receiver.kinds(), (std::vector<std::string>{"webhook.test"}));
    EXPECT_EQ(sent[0].detail, "crm");
}

TEST_F(WebhooksTest, R_C7_TheirThreadsTellAndWhatIsGoneFromTheConfigurationIsForgotten) {
    std::atomic<int> bodies = 0;
    const auto named = [&](const std::string& name) {
        return EventHookSettings{name, "https://" + name, EventChoice({"ban.*"}), "",
                                 [&](const std::string&, const std::string&) {
                                     ++bodies;
                                     return Status();
                                 }};
    };
    const EventsBody body = [](const std::vector<Event>&) { return std::string("{}"); };
    const auto open = [&](std::vector<EventHookSettings> list) {
        auto hooks = std::make_unique<EventHooks>(*house, std::move(list), body);
        EXPECT_TRUE(hooks->open());
        return hooks;
    };
    const auto comes = [&](int count) {
        for (int i = 0; i < 1000 && bodies < count; ++i) std::this_thread::sleep_for(10ms);
        return bodies == count;
    };
    auto hooks = open({named("a"), named("b")});
    happen("ban.added");
    EXPECT_TRUE(comes(2));
    const auto tested = hooks->test("a", "unix:root").value();
    EXPECT_EQ(tested, newest());
    EXPECT_TRUE(comes(3));
    EXPECT_EQ(hooks->test("c", "unix:root").error().code, "P-2091");
    hooks.reset();
    hooks = open({named("a")});
    EXPECT_EQ(store->note(EventHook::note_of("b")).value(), "");
    happen("ban.added");
    EXPECT_TRUE(comes(4));
    hooks.reset();
    hooks = open({named("a"), named("b")});
    EXPECT_EQ(hooks->states()[1].position, newest()) << "it begins anew";
    hooks.reset();
    EXPECT_EQ(bodies, 4);
}

}  // namespace
}  // namespace provost
