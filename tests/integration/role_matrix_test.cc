// Every route x role x own, foreign and ancestor tenant, from the route table itself: a new route is in it by
// itself (R-F2).
#include "api_fixture.h"

#include <regex>

namespace provost::testing_house {
namespace {

// Whose object a request is about, and how it is called in a path.
struct Place {
    std::string tenant, mac, import, resync, exception, person, token;
};

constexpr Role all_roles[] = {Role::platform, Role::reseller, Role::tenant_admin, Role::support,
                              Role::auditor};

class RoleMatrixTest : public ApiTest {
 protected:
    void SetUp() override {
        ApiTest::SetUp();
        places = {place_of("alpha", 0x1),
                  place_of("alpha-kid", 0x2),
                  place_of("upper", 0xe001),
                  place_of("omega", 0xf001),
                  {"nobody", mac_of(0xd001).lower(), "i00009999", "999999", "999999", "999999", "999999"}};
    }

    Place place_of(const std::string& tenant, int number) {
        const auto reply =
            call(person(Role::tenant_admin, id_of(tenant)), "POST", "/v1/imports?tenant=" + tenant,
                 "mac,line.1.user\n" + mac_of(number).lower() + ",x\n");
        EXPECT_EQ(reply.status, 202) << reply.body;
        std::smatch found;
        EXPECT_TRUE(std::regex_search(reply.body, found, std::regex("\"id\":\"(i[0-9]+)\"")));
        const auto text = [&](std::map<std::string, std::int64_t>& of) { return std::to_string(of[tenant]); };
        return {tenant,           mac_of(number).lower(), found[1],    text(resyncs),
                text(exceptions), text(people),           text(tokens)};
    }

    // Numbers by the resource that has them; what belongs to no tenant has just one.
    static std::string id_of_path(const Route& route, const Place& place) {
        if (route.path.starts_with("/v1/resyncs")) return place.resync;
        if (route.path.starts_with("/v1/exceptions")) return place.exception;
        if (route.path.starts_with("/v1/people")) return place.person;
        if (route.path.starts_with("/v1/tokens")) return place.token;
        return "1";
    }
    static std::string filled(const Route& route, const Place& place) {
        std::string path(route.path);
        for (const auto& [name, value] :
             std::map<std::string, std::string>{{"{tenant}", place.tenant},
                                                {"{mac}", place.mac},
                                                {"{import}", place.import},
                                                {"{id}", id_of_path(route, place)},
                                                {"{job}", place.import},
                                                {"{vendor}", "yealink"},
                                                {"{model}", "T54W"},
                                                {"{site}", "hall"},
                                                {"{registrar}", "none"},
                                                {"{webhook}", "none"},
                                                {"{session}", "none"}})
            if (const auto at = path.find(name); at != path.npos) path.replace(at, name.size(), value);
        EXPECT_EQ(path.find('{'), path.npos) << "give the matrix a value for " << path;
        return path;
    }
    // The central check finds its tenant; of the others with a name in the path the handler does.
    static bool has_place(const Route& route) { return route.scope >= Scope::tenant; }
    static bool names_one(const Route& route) {
        const bool of_tenants = route.scope == Scope::listed || route.scope == Scope::named;
        return has_place(route) || (of_tenants && route.path.find('{') != route.path.npos);
    }
    [[nodiscard]] Ruling verdict(const Actor& who, const Route& route, const Place& place) const {
        const Sight sight(who, policies.current());
        // Nothing waits for approval here: approvals_test.cc has those.
        const auto path =
            route.scope == Scope::approval ? std::vector<TenantId>() : sight.path_to(place.tenant);
        const auto kind = has_place(route)                  ? Target::Kind::tenant
                          : route.scope == Scope::everybody ? Target::Kind::anybody
                          : route.scope == Scope::server    ? Target::Kind::server
                                                            : Target::Kind::several;
        return authorize(who, route.action, {kind, path});
    }

    // What a caller named itself may come back to it.
    static std::string without_names(std::string text, const Place& place) {
        for (const auto& name : {place.mac, place.import, place.tenant}) {
            for (auto at = text.find(name); at != text.npos; at = text.find(name, at + 1))
                text.replace(at, name.size(), "*");
        }
        return std::regex_replace(text,
                                  std::regex("\\b(" + place.resync + "|" + place.exception + "|" +
                                             place.person + "|" + place.token + ")\\b"),
                                  "*");
    }
    static void expect_no_leak(const std::string& body, const std::string& what) {
        for (const auto word : foreign_words)
            EXPECT_EQ(body.find(word), body.npos) << what << " tells " << word << ": " << body.substr(0, 600);
    }

    std::vector<Place> places;  // own, below, above, foreign, none
};

std::string name_of(const Route& route, const Actor& who) {
    return std::string(route.method) + " " + std::string(route.path) + " as " +
           std::string(to_text(who.role)) + (who.tenant ? " of alpha" : "") +
           (who.read_only ? ", read only" : "") + (who.stepped_up ? "" : ", not stepped up");
}

TEST_F(RoleMatrixTest, R_F2_each_route_refuses_whom_the_table_refuses_and_changes_nothing) {
    std::vector<Actor> actors{Actor()};
    for (const auto role : all_roles)
        for (const auto tenant : {std::optional(id_of("alpha")), std::optional<TenantId>()})
            for (const bool proved : {false, true})
                for (const bool reads : {false, true}) {
                    actors.push_back(person(role, tenant));
                    actors.back().stepped_up = proved;
                    actors.back().read_only = reads;
                }
    const auto before = picture();
    std::size_t refused = 0;
    for (const auto& route : routes())
        for (const auto& who : actors)
            for (const auto& place : places) {
                const auto asked = verdict(who, route, place);
                if (asked == Ruling::allowed || asked == Ruling::second_person) continue;
                if (place.tenant == "nobody" && asked != Ruling::hidden) continue;
                ++refused;
                const auto name = name_of(route, who) + " at " + place.tenant;
                const auto reply = call(who, std::string(route.method), filled(route, place), "{}");
                EXPECT_EQ(reply.status, asked == Ruling::hidden ? 404 : 403) << name << reply.body;
                EXPECT_EQ(reply.body.find("\"step_up_required\":true") != reply.body.npos,
                          asked == Ruling::step_up)
                    << name;
                EXPECT_EQ(reply.content_type, "application/problem+json");
                expect_no_leak(without_names(reply.body, place), name);
            }
    EXPECT_EQ(picture(), before);
    EXPECT_GT(refused, routes().size() * 10);
}

// One that the route takes, so that its handler is reached.
std::string body_of(const Route& route) {
    if (route.path.ends_with("/care")) return R"({"note":"Changed"})";
    return route.method == "PATCH" ? R"({"name":"Changed"})" : "{}";
}

TEST_F(RoleMatrixTest, R_F2_what_is_foreign_is_answered_byte_for_byte_like_what_is_not_there) {
    const auto before = picture();
    std::size_t compared = 0;
    for (const auto& route : routes()) {
        if (!names_one(route)) continue;
        for (const auto role : all_roles) {
            const auto who = of_alpha(role);
            const auto& none = places.back();
            const auto absent = call(who, std::string(route.method), filled(route, none), body_of(route));
            for (const auto* const place : {&places[2], &places[3]}) {
                const auto reply =
                    call(who, std::string(route.method), filled(route, *place), body_of(route));
                EXPECT_EQ(reply.status, absent.status) << name_of(route, who);
                EXPECT_EQ(without_names(reply.body, *place), without_names(absent.body, none));
                EXPECT_EQ(reply.headers, absent.headers);
                ++compared;
            }
        }
    }
    EXPECT_EQ(picture(), before);
    EXPECT_GT(compared, 200U);
}

TEST_F(RoleMatrixTest, R_F2_who_may_read_reads_and_learns_nothing_of_others) {
    std::size_t read = 0;
    for (const auto& route : routes()) {
        if (route.method != "GET") continue;
        for (const auto role : all_roles)
            for (const auto* const place : {&places[0], &places[1]}) {
                const auto who = of_alpha(role);
                if (verdict(who, route, *place) != Ruling::allowed) continue;
                const auto reply = call(who, "GET", filled(route, *place));
                EXPECT_TRUE(reply.status == 200 || reply.status == 404 || reply.status == 409 ||
                            reply.status == 422)
                    << name_of(route, who) << reply.status << reply.body;
                expect_no_leak(reply.body, name_of(route, who));
                ++read;
            }
    }
    EXPECT_GT(read, 100U);
    // Who is bound to no tenant reads the foreign ones too: the words are there to be found.
    const auto all = call(person(Role::auditor, std::nullopt), "GET", "/v1/devices").body;
    EXPECT_NE(all.find("Omegan4711"), all.npos);
    EXPECT_NE(all.find("Uppish4711"), all.npos);
}

TEST_F(RoleMatrixTest, R_F2_whose_exception_from_above_lifts_a_rule_is_not_told_below) {
    ExceptionService::Draft lifted;
    lifted.rule = house->hardening.rules.front().id;
    lifted.tenant = "upper";
    lifted.owner = "Uppish";
    lifted.reason = "as Uppish asked";
    ASSERT_TRUE(ExceptionService(*house).add(lifted, "test"));
    const auto path = "/v1/devices/" + places[0].mac + "/lint";
    const auto below = call(of_alpha(Role::support), "GET", path).body;
    EXPECT_NE(below.find("an exception of a tenant above"), below.npos) << below;
    expect_no_leak(below, path);
    const auto all = call(person(Role::support, std::nullopt), "GET", path).body;
    EXPECT_NE(all.find("as Uppish asked"), all.npos);
}

TEST_F(RoleMatrixTest, R_F2_events_as_they_come_are_those_in_sight) {
    const auto told = [this](const Actor& who) {
        const auto reply = call(who, "GET", "/v1/events/stream?after=1");
        std::string text;
        for (int i = 0; reply.follow && i < 3; ++i) text += reply.follow().value_or("");
        return text;
    };
    EXPECT_NE(told(person(Role::auditor, std::nullopt)).find("omega"), std::string::npos);
    const auto own = told(of_alpha(Role::support));
    EXPECT_NE(own.find("alpha"), own.npos);
    expect_no_leak(own, "stream");
}

TEST_F(RoleMatrixTest, R_F2_lists_filtered_by_a_foreign_tenant_or_device_are_as_for_none) {
    for (const auto& route : routes()) {
        if (route.scope != Scope::listed || route.method != "GET") continue;
        for (const auto role : all_roles) {
            const auto who = of_alpha(role);
            for (const auto* const place : {&places[2], &places[3]})
                for (const auto* const query : {"tenant=", "device=", "mac="}) {
                    const bool by_tenant = std::string(query) == "tenant=";
                    const auto asked = [&](const Place& of) {
                        const auto reply =
                            call(who, "GET",
                                 std::string(route.path) + "?" + query + (by_tenant ? of.tenant : of.mac));
                        return std::to_string(reply.status) + without_names(reply.body, of);
                    };
                    const auto foreign = asked(*place);
                    expect_no_leak(foreign, name_of(route, who));
                    if (route.path != "/v1/events" && route.path != "/v1/audit")
                        EXPECT_EQ(foreign, asked(places.back())) << name_of(route, who) << query;
                }
        }
    }
}

// What a body may name: a route that takes names has its sample here, or the test fails.
std::vector<std::string> bodies_of(const Route& route, const Place& place, const std::string& rule) {
    const auto tenant = "\"tenant\":\"" + place.tenant + "\"";
    if (route.path == "/v1/tenants") return {R"({"slug":"newcomer","parent":")" + place.tenant + "\"}"};
    if (route.path == "/v1/devices")
        return {"{" + tenant + R"(,"mac":"001565001111","settings":{"line.1.user":"1"}})"};
    if (route.path == "/v1/arms") return {R"({"devices":[")" + place.mac + "\"]}"};
    if (route.path == "/v1/trunks") return {"{" + tenant + R"(,"pbx":"asterisk","user":"trunk"})"};
    if (route.path == "/v1/profile/diff")
        return {"{" + tenant + R"(,"settings":{"time.zone":"Europe/Rome"}})",
                "{" + tenant + R"(,"site":"Omegan hall","settings":{"time.zone":"Europe/Rome"}})"};
    if (route.path == "/v1/people")
        return {R"({"login":"newcomer","name":"New","role":"support",)" + tenant + "}"};
    if (route.path == "/v1/tokens") return {R"({"name":"new","role":"support",)" + tenant + "}"};
    if (route.path == "/v1/exceptions") {
        const auto words = R"(,"owner":"jo","reason":"why not","rule":")" + rule + "\"}";
        return {"{" + tenant + words, R"({"device":")" + place.mac + "\"" + words};
    }
    return {};
}

TEST_F(RoleMatrixTest, R_F2_what_a_body_names_must_be_in_sight) {
    const auto before = picture();
    const auto rule = house->hardening.rules.front().id;
    for (const auto& route : routes()) {
        if (route.scope != Scope::named || route.path == "/v1/imports" || names_one(route)) continue;
        ASSERT_FALSE(bodies_of(route, places[0], rule).empty())
            << "give the matrix a body for " << route.path;
        for (const auto role : all_roles) {
            const auto who = of_alpha(role);
            if (verdict(who, route, places[0]) != Ruling::allowed) continue;
            const auto none = bodies_of(route, places.back(), rule);
            for (const auto* const place : {&places[2], &places[3]}) {
                const auto some = bodies_of(route, *place, rule);
                for (std::size_t i = 0; i < some.size(); ++i) {
                    const auto reply = call(who, "POST", std::string(route.path), some[i]);
                    EXPECT_GE(reply.status, 400) << name_of(route, who) << reply.body;
                    EXPECT_LT(reply.status, 500) << name_of(route, who) << reply.body;
                    const auto absent = call(who, "POST", std::string(route.path), none[i]);
                    EXPECT_EQ(without_names(reply.body, *place), without_names(absent.body, places.back()));
                }
            }
        }
    }
    EXPECT_EQ(picture(), before);
    const auto own = call(of_alpha(Role::tenant_admin), "PATCH", "/v1/people/" + places[0].person,
                          R"({"tenant":"omega"})");
    EXPECT_EQ(own.status, 404) << own.body;
    EXPECT_EQ(picture(), before);
}

TEST_F(RoleMatrixTest, R_F2_a_phone_of_another_customer_is_not_taken_and_not_named) {
    const auto before = picture();
    const auto who = of_alpha(Role::tenant_admin);
    const auto body = R"({"tenant":"alpha","mac":")" + places[3].mac + R"(","settings":{"line.1.user":"1"}})";
    const auto taken = call(who, "POST", "/v1/devices", body);
    EXPECT_NE(taken.body.find("this phone belongs to another customer"), taken.body.npos) << taken.body;
    EXPECT_TRUE(std::regex_search(taken.body, std::regex("reference [0-9a-f]{8}")));
    expect_no_leak(without_names(taken.body, places[3]), "POST /v1/devices");
    EXPECT_EQ(picture(), before);
    const auto own =
        call(who, "POST", "/v1/devices",
             R"({"tenant":"alpha-kid","mac":")" + places[0].mac + R"(","settings":{"line.1.user":"1"}})");
    EXPECT_NE(own.body.find("P-6001"), own.body.npos) << own.body;
}

TEST_F(RoleMatrixTest, R_F2_a_phone_that_was_another_customer_s_brings_nothing_of_theirs_with_it) {
    const auto mac = mac_of(0xf001);
    ASSERT_TRUE(store->apply([&](Transaction& transaction) {
        DeliveryRecord record;
        record.at = clock.now();
        record.device = mac;
        record.source = "198.51.100.77";
        Event visit;
        visit.at = clock.now();
        visit.kind = "visit";
        visit.device = mac;
        visit.proved = true;
        visit.tenant = id_of("omega");
        visit.source = "198.51.100.77";
        visit.rule = to_text(Rule::first_delivery);
        const auto seen = transaction.insert_event(visit);
        return seen ? transaction.insert_delivery(record).map([](std::int64_t) {})
                    : Status(fail(seen.error()));
    }));
    ASSERT_TRUE(DeviceService(*house).remove(mac, "test"));
    clock.advance(std::chrono::minutes(1));
    const auto who = of_alpha(Role::tenant_admin);
    const auto path = "/v1/devices/" + mac.lower();
    ASSERT_EQ(call(who, "POST", "/v1/devices",
                   R"({"tenant":"alpha","mac":")" + mac.lower() + R"(","settings":{"line.1.user":"1"}})")
                  .status,
              201);
    EXPECT_NE(
        call(person(Role::platform, std::nullopt), "GET", path + "/deliveries").body.find("198.51.100.77"),
        std::string::npos);
    for (const auto* const what : {"", "/explain", "/deliveries", "/diff", "/diagnostics"}) {
        const auto reply = call(who, "GET", path + what);
        EXPECT_EQ(reply.body.find("198.51.100.77"), reply.body.npos) << what;
        expect_no_leak(without_names(reply.body, places[3]), path + what);
    }
}

TEST_F(RoleMatrixTest, R_F2_an_import_touches_only_what_is_in_sight) {
    const auto before = picture(Trail::left_out);  // it tells that there was an import
    const auto who = of_alpha(Role::reseller);
    const auto file = "mac,tenant,line.1.user\n" + places[3].mac + ",alpha,x\n001565001112,omega,x\n" +
                      "001565001113,nobody,x\n" + places[2].mac + ",upper,x\n";
    const auto made = call(who, "POST", "/v1/imports", file);
    std::smatch found;
    ASSERT_TRUE(std::regex_search(made.body, found, std::regex("\"id\":\"(i[0-9]+)\"")));
    const std::string path = "/v1/imports/" + std::string(found[1]);
    ApiReply shown;
    for (int i = 0; i < 500; ++i) {
        shown = call(who, "GET", path);
        if (shown.body.find("\"state\":\"checked\"") != shown.body.npos) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_NE(shown.body.find("\"refused\":4"), shown.body.npos) << shown.body;
    EXPECT_NE(shown.body.find("belongs to another customer"), shown.body.npos);
    EXPECT_EQ(call(of_alpha(Role::reseller), "POST", path + "/apply").status, 202);
    EXPECT_EQ(call(person(Role::reseller, id_of("omega")), "GET", path).status, 404);
    EXPECT_EQ(call(person(Role::reseller, id_of("upper")), "GET", path).status, 200);
    api.reset();  // the job ends
    EXPECT_EQ(picture(Trail::left_out), before);
}

}  // namespace
}  // namespace provost::testing_house
