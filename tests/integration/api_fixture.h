// The REST resources over a real house with two customers who must not learn of each other, and what the
// server adds to it made up.
#pragma once

#include "api/api.h"
#include "api/route.h"
#include "house_fixture.h"
#include "service/exceptions.h"
#include "service/people/api_tokens.h"
#include "service/people/people.h"
#include "service/resync_keeper.h"

#include <thread>

namespace provost::testing_house {

class QuietControl final : public ServerControl {
 public:
    Status reload() override { return {}; }
    Status close_epoch() override { return {}; }
    void release_brake() override {}
    [[nodiscard]] ServerState state() const override { return {}; }
    [[nodiscard]] Result<AuditHead> audit_head() const override { return AuditHead(); }
};

class WillingSender final : public NotifySender {
 public:
    NotifyOutcome notify(const NotifyOrder&, const FindDigest&) override {
        return {200, "OK", false, false, "", std::nullopt};
    }
};

// upper - alpha - alpha-kid, and omega beside them: what a person of alpha may see, and what not. Everything
// of omega and of upper has a word of theirs in it.
class ApiTest : public HouseTest {
 protected:
    static constexpr std::string_view foreign_words[] = {"omega", "00156500f0", "Omegan",
                                                         "upper", "00156500e0", "Uppish"};

    void SetUp() override {
        HouseTest::SetUp();
        const auto zone = [](const std::string&) -> Result<TimeZone> { return TimeZone(); };
        house->resync = std::make_shared<ResyncKeeper>(
            *house, ResyncKeeper::Ways{sender, nullptr, {"sip:proxy.example", ""}, zone}, ResyncPace());
        ASSERT_TRUE(house->resync->open());
        trust = std::make_unique<Trust>(*house, std::vector<Trust::Door>());
        api = std::make_unique<Api>(*house, *trust, control);
        add_tenant("upper", "", "Uppish");
        add_tenant("alpha", "upper", "Alpha");
        add_tenant("alpha-kid", "alpha", "Kid");
        add_tenant("omega", "", "Omegan");
        add_device(0x1, "alpha", "Alpha"), add_device(0x2, "alpha-kid", "Kid");
        add_device(0xe001, "upper", "Uppish"), add_device(0xf001, "omega", "Omegan");
        EventFilter ended;
        ended.kind = "resync.ended";
        const auto through = [&] { return store->last_events(ended, 10).value().size() == resyncs.size(); };
        for (int i = 0; i < 1000 && !through(); ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        ASSERT_TRUE(through());
    }
    void TearDown() override {
        api.reset();
        trust.reset();
        house->resync.reset();
        HouseTest::TearDown();
    }

    void add_tenant(const std::string& slug, const std::string& parent, const std::string& word) {
        Tenants::Draft draft;
        draft.slug = slug;
        draft.name = word;
        draft.parent = parent;
        draft.settings = {{"line.registrar_host", "sip.example.net"}};
        draft.policy = {{"minimum_rating", "4"}};
        ASSERT_TRUE(TenantService(*house).create(draft, "test"));
        ASSERT_TRUE(
            TenantService(*house).put_site(slug, word + " hall", {{"time.zone", "Europe/Berlin"}}, "test"));
    }
    // A device with all that may lie around one: an event, an exception, a resync.
    void add_device(int number, const std::string& tenant, const std::string& word) {
        Devices::Draft draft;
        draft.mac = mac_of(number).lower();
        draft.tenant = tenant;
        draft.model = "T54W";
        draft.site = word + " hall";
        draft.settings = {{"line.1.user", word + "4711"}, {"line.1.display_name", word}};
        DeviceService devices(*house);
        ASSERT_TRUE(devices.create(draft, "test"));
        ASSERT_TRUE(devices.arm(mac_of(number), {}, "test"));
        ExceptionService::Draft lifted;
        lifted.rule = house->hardening.rules.front().id;
        lifted.device = draft.mac;
        lifted.owner = word;
        lifted.reason = "as " + word + " asked";
        const auto exception = ExceptionService(*house).add(lifted, "test");
        ASSERT_TRUE(exception) << exception.error().text();
        exceptions[tenant] = exception->id;
        auto owner = person(Role::platform, std::nullopt);
        owner.person = 0;  // at the host: whom it makes are not of its hand
        const auto someone =
            People(*house).create({tenant + "-jo", word + " Jo", "support", tenant, ""}, owner);
        owner.person = 8;  // whose tokens they are: not the asking person's own
        ASSERT_TRUE(someone) << someone.error().text();
        people[tenant] = someone->entry.person.id;
        const auto token =
            ApiTokens(*house).create({word + " robot", "support", tenant, "", true, false}, owner);
        ASSERT_TRUE(token) << token.error().text();
        tokens[tenant] = token->token.id;
        ResyncKeeper::Draft resync;
        resync.phone = mac_of(number);
        const auto job = house->resync->start(resync, "test");
        ASSERT_TRUE(job) << job.error().text();
        resyncs[tenant] = job->id;
    }

    static Actor person(Role role, std::optional<TenantId> tenant) {
        Actor actor;
        actor.name = "jo";
        actor.role = role;
        actor.tenant = tenant;
        actor.stepped_up = true;
        actor.person = 7;
        return actor;
    }
    [[nodiscard]] TenantId id_of(const std::string& slug) const {
        return policies.current()->tenant(std::string_view(slug))->tenant.id;
    }
    [[nodiscard]] Actor of_alpha(Role role) const { return person(role, id_of("alpha")); }

    ApiReply call(const Actor& who, const std::string& method, const std::string& target,
                  const std::string& body = "", std::map<std::string, std::string> headers = {}) {
        ApiRequest request;
        request.method = method;
        const auto mark = target.find('?');
        request.path = target.substr(0, mark);
        if (mark != target.npos) {
            const auto equals = target.find('=', mark);
            request.query[target.substr(mark + 1, equals - mark - 1)] = target.substr(equals + 1);
        }
        request.headers = std::move(headers);
        request.body = body;
        request.actor = who.name;
        request.who = who;
        return api->handle(request);
    }

    // All that a refused call must leave as it is.
    enum class Trail : std::uint8_t { drawn, left_out };
    std::string picture(Trail trail = Trail::drawn) {
        std::string all;
        const auto put = [&all](const auto& value) { all += std::to_string(value) + " "; };
        const auto devices = store->devices({}, {"", 1000}).value();
        for (const auto& one : devices) {
            put(one.mac.value()), put(one.version), put(one.generation), put(static_cast<int>(one.state));
            all += one.model + one.site + (one.token ? "t" : "-");
        }
        const auto tenants = store->tenants().value();
        for (const auto& one : tenants) all += one.slug + one.name, put(one.version);
        put(store->sites().value().size()), put(store->model_settings().value().size());
        put(store->exceptions().value().size()), put(store->trust().value().size());
        put(store->bans().value().size()), put(store->outbox(false, {"", 1000}).value().size());
        const auto events = store->last_events({}, 10'000).value();
        for (const auto& one : events)
            if (one.kind != "api.refused" && trail == Trail::drawn) put(one.id);
        if (trail == Trail::drawn) put(store->audit_tail().value().seq);
        const auto owner = person(Role::platform, std::nullopt);
        const auto entries = People(*house).list(owner).value();
        for (const auto& one : entries) all += one.person.login + one.person.name, put(one.person.version);
        put(ApiTokens(*house).list(owner).value().size());
        const auto jobs = house->resync->jobs();
        for (const auto& one : jobs) put(static_cast<int>(one.state));
        return all;
    }

    WillingSender sender;
    QuietControl control;
    std::unique_ptr<Trust> trust;
    std::unique_ptr<Api> api;
    std::map<std::string, std::int64_t> exceptions, resyncs, people, tokens;  // by tenant
};

}  // namespace provost::testing_house
