// Sessions through the gate: where they end, who may use them, and what other sites can do with them.
#include "gate_fixture.h"
#include "service/people/person_sessions.h"

#include <regex>

namespace provost::testing_house {
namespace {

TEST_F(GateTest, R_F2_AFixedSessionIsNotTaken) {
    admin();
    auto one = browser();
    one.cookies["__Host-provost"] = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    sign_in(one, "admin");
    EXPECT_NE(one.cookies.at("__Host-provost"), "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    EXPECT_EQ(one.cookies.at("__Host-provost").size(), 43U) << "256 bits";
    auto other = browser();
    other.more["cookie"] = "__Host-provost=" + one.cookies.at("__Host-provost") + "; __Host-provost=x";
    EXPECT_EQ(other.status("GET", "/v1/session"), 401) << "two of them are none";
}

TEST_F(GateTest, R_F2_IdleAndAbsoluteEnd) {
    admin();
    auto one = sign_in("admin");
    clock.advance(minutes(14));
    EXPECT_EQ(one.status("GET", "/v1/session"), 200);
    (void)store->apply([](Transaction&) { return Status(); });
    clock.advance(minutes(14));
    EXPECT_EQ(one.status("GET", "/v1/session"), 200) << "use keeps it";
    (void)store->apply([](Transaction&) { return Status(); });
    clock.advance(minutes(15));
    EXPECT_EQ(one.status("GET", "/v1/session"), 401) << "idle";
    auto two = sign_in("admin");
    for (int i = 0; i < 47; ++i) {
        clock.advance(minutes(10));
        ASSERT_EQ(two.status("GET", "/v1/session"), 200) << i;
        (void)store->apply([](Transaction&) { return Status(); });
    }
    clock.advance(minutes(10));
    EXPECT_EQ(two.status("GET", "/v1/session"), 401) << "eight hours, whatever it does";
}

// A page that lies open asks every few seconds; nobody may be there (ASVS 7.3.1).
TEST_F(GateTest, R_F2_WhatAPageAsksByItselfKeepsNoSession) {
    admin();
    for (const auto& [header, value] :
         {std::pair{"x-provost-background", "1"}, std::pair{"accept", "text/event-stream"}}) {
        auto one = sign_in("admin");
        one.more = {{header, value}};
        for (int i = 0; i < 14; ++i) {
            clock.advance(minutes(1));
            ASSERT_EQ(one.status("GET", "/v1/devices"), 200) << header << i;
            (void)store->apply([](Transaction&) { return Status(); });
        }
        EXPECT_EQ(one.ask("GET", "/v1/session").at("expires_in"), 60) << header;
        clock.advance(minutes(1));
        EXPECT_EQ(one.status("GET", "/v1/devices"), 401) << header;
    }
    auto one = sign_in("admin");
    clock.advance(minutes(14));
    const auto session = one.ask("GET", "/v1/session");
    EXPECT_EQ(session.at("expires_in"), 900) << "somebody is there";
    EXPECT_LE(session.at("longest_in").as_int64(), 8 * 3600 - 14 * 60);
}

TEST_F(GateTest, R_F2_StepUpLastsFiveMinutes) {
    admin();
    auto one = sign_in("admin");
    one.send("GET", "/v1/devices");
    EXPECT_TRUE(passed.who.stepped_up) << "it has just proved itself";
    clock.advance(minutes(5));
    one.send("GET", "/v1/devices");
    EXPECT_FALSE(passed.who.stepped_up);
    const auto refused = one.ask("PUT", "/v1/me/password", {{"password", "another long password"}});
    EXPECT_EQ(refused.at("code"), "P-8402");
    EXPECT_TRUE(refused.at("step_up_required").as_bool());
    for (const auto& [method, path] :
         {std::pair{"POST", "/v1/me/totp"}, std::pair{"DELETE", "/v1/me/totp"},
          std::pair{"POST", "/v1/me/passkeys/begin"}, std::pair{"POST", "/v1/me/recovery-codes"}})
        EXPECT_EQ(one.code(method, path), "P-8402") << path;
    const auto cookie = one.cookies.at("__Host-provost"), csrf = one.csrf;
    EXPECT_EQ(one.status("POST", "/v1/session/step-up", {{"code", code("admin")}}), 200);
    EXPECT_NE(one.cookies.at("__Host-provost"), cookie);
    EXPECT_EQ(one.csrf, csrf) << "the page keeps its token";
    auto old = browser();
    old.cookies["__Host-provost"] = cookie;
    EXPECT_EQ(old.status("GET", "/v1/session"), 401) << "the old id is nothing";
    EXPECT_EQ(one.status("POST", "/v1/me/recovery-codes"), 200);
}

TEST_F(GateTest, R_F2_OtherSitesCanDoNothing) {
    admin();
    auto one = sign_in("admin");
    passed = {};
    const auto try_with = [&](const std::string& site, const std::string& from, const std::string& token) {
        one.more = {{"sec-fetch-site", site}, {"origin", from}, {"x-provost-csrf", token}};
        const auto code = one.code("POST", "/v1/devices", json::object());
        one.more.clear();
        return code;
    };
    EXPECT_EQ(try_with("same-origin", origin, ""), "P-8604") << "no token";
    EXPECT_EQ(try_with("same-origin", origin, "AAAA"), "P-8604") << "a wrong one";
    EXPECT_EQ(try_with("cross-site", "https://evil.example", one.csrf), "P-8604");
    EXPECT_EQ(try_with("same-site", "https://other.example.net", one.csrf), "P-8604");
    EXPECT_EQ(try_with("", "https://evil.example", one.csrf), "P-8604");
    EXPECT_EQ(try_with("", "null", one.csrf), "P-8604");
    EXPECT_EQ(try_with("", "http://admin.example.net:8443", one.csrf), "P-8604") << "another scheme";
    EXPECT_EQ(try_with("same-origin", "https://evil.example", one.csrf), "P-8604");
    EXPECT_EQ(try_with("", "", one.csrf), "P-8604") << "it has to say";
    EXPECT_TRUE(passed.path.empty());
    EXPECT_EQ(try_with("same-origin", "", one.csrf), "");
    EXPECT_EQ(try_with("", origin, one.csrf), "");
    EXPECT_EQ(passed.path, "/v1/devices");
    one.more = {{"sec-fetch-site", "cross-site"}};
    EXPECT_EQ(one.code("GET", "/v1/devices"), "P-8604") << "nor look";
    one.more = {{"sec-fetch-site", "none"}};
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200) << "typed by hand";
    EXPECT_EQ(events("gate.forged").size(), 10U);
}

TEST_F(GateTest, R_F2_NobodyIsSignedInFromAnotherSite) {
    admin();
    auto one = browser();
    one.more = {{"sec-fetch-site", "cross-site"}, {"origin", "https://evil.example"}};
    EXPECT_EQ(one.code("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}}),
              "P-8604");
    one.more = {{"content-type", "text/plain"}};
    EXPECT_EQ(one.code("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}}),
              "P-8001");
}

TEST_F(GateTest, R_F2_ATokenOfAnotherSessionDoesNotFit) {
    admin();
    auto one = sign_in("admin"), two = sign_in("admin", "192.0.2.11");
    one.csrf = two.csrf;
    EXPECT_EQ(one.code("DELETE", "/v1/session"), "P-8604");
}

TEST_F(GateTest, R_F2_SigningOutEndsIt) {
    admin();
    auto one = sign_in("admin");
    const auto cookies = one.cookies;
    const auto reply = one.send("DELETE", "/v1/session");
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers.at("Clear-Site-Data"), "\"cache\", \"storage\"");
    EXPECT_FALSE(one.cookies.contains("__Host-provost"));
    one.cookies = cookies;
    EXPECT_EQ(one.status("GET", "/v1/session"), 401);
    EXPECT_EQ(events("login.ended").size(), 1U);
}

TEST_F(GateTest, R_F2_SessionsAreListedAndRevoked) {
    admin();
    auto one = sign_in("admin"), two = sign_in("admin", "192.0.2.11");
    const auto items = one.ask("GET", "/v1/me/sessions").at("items").as_array();
    ASSERT_EQ(items.size(), 3U);
    for (const auto& item : items) {
        const auto id = json::serialize(item.at("id"));
        if (item.at("current").as_bool()) continue;
        EXPECT_EQ(one.status("DELETE", "/v1/me/sessions/" + id), 200);
    }
    EXPECT_EQ(two.status("GET", "/v1/devices"), 401) << "at once";
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200);
    EXPECT_EQ(one.code("DELETE", "/v1/me/sessions/4711"), "P-8610");
}

TEST_F(GateTest, R_F2_AnAdministratorSeesAndEndsSessionsOfOthers) {
    admin();
    auto anna = enrol(add_person("anna", "support", "acme"));
    sign_in("anna", "192.0.2.11");
    const auto id = id_of("anna");
    Actor root;
    root.name = "unix:root";
    root.role = Role::platform;
    root.tenant = std::nullopt;
    PersonSessions people(*house);
    const auto list = people.list(id, root).value();
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list.front().source, "192.0.2.11") << "the newest first";
    ASSERT_TRUE(people.end(id, list.back().id, root));
    EXPECT_EQ(anna.status("GET", "/v1/devices"), 401) << "at once";
    EXPECT_EQ(people.list(id, root).value().size(), 1U);
    EXPECT_EQ(people.end(id, list.back().id, root).error().code, "P-8610");
    EXPECT_EQ(people.end(id_of("admin"), list.front().id, root).error().code, "P-8610")
        << "it is another person's";
    EXPECT_EQ(events("session.ended").front().actor, "unix:root");
    Actor stranger;
    stranger.role = Role::tenant_admin;
    stranger.tenant = 0;
    EXPECT_EQ(people.list(id_of("admin"), stranger).error().code, "P-8611");
    clock.advance(minutes(15));
    EXPECT_TRUE(people.list(id, root).value().empty()) << "what has ended is none";
}

TEST_F(GateTest, R_F2_SessionsOfOthersAreNotOnes) {
    admin();
    auto anna = enrol(add_person("anna", "support", "acme"));
    auto one = sign_in("admin");
    const auto items = one.ask("GET", "/v1/me/sessions").at("items").as_array();
    for (const auto& item : items)
        EXPECT_EQ(anna.code("DELETE", "/v1/me/sessions/" + json::serialize(item.at("id"))), "P-8610");
    EXPECT_EQ(one.status("GET", "/v1/session"), 200);
}

TEST_F(GateTest, R_F2_DisableRoleAndResetEndSessionsAtOnce) {
    admin();
    Actor root;
    root.name = "unix:root";
    root.role = Role::platform;
    root.tenant = std::nullopt;
    People people(*house);
    auto anna = enrol(add_person("anna", "support", "acme"));
    const auto id = id_of("anna");
    ASSERT_TRUE(people.change(id, {"", "Anna K.", "", "", ""}, {}, root));
    EXPECT_EQ(anna.status("GET", "/v1/devices"), 200) << "a name is no right";
    EXPECT_EQ(passed.who.role, Role::support);
    ASSERT_TRUE(people.change(id, {"", "", "auditor", "", ""}, {}, root));
    EXPECT_EQ(anna.status("GET", "/v1/devices"), 401);
    sign_in(anna, "anna");
    anna.send("GET", "/v1/devices");
    EXPECT_EQ(passed.who.role, Role::auditor);
    ASSERT_TRUE(people.change(id, {"", "", "", "", "disabled"}, {}, root));
    EXPECT_EQ(anna.status("GET", "/v1/devices"), 401);
    ASSERT_TRUE(people.change(id, {"", "", "", "", "active"}, {}, root));
    EXPECT_EQ(anna.status("GET", "/v1/devices"), 401);
    sign_in(anna, "anna");
    const auto link = people.reset(id, root).value();
    EXPECT_EQ(anna.status("GET", "/v1/devices"), 401);
    EXPECT_EQ(browser("203.0.113.7")
                  .code("POST", "/v1/session/password", {{"login", "anna"}, {"password", good_password}}),
              "P-8602")
        << "her old factors are gone";
    auto again = enrol(link);
    EXPECT_EQ(again.status("GET", "/v1/devices"), 200);
    ASSERT_TRUE(people.remove(id, root));
    EXPECT_EQ(again.status("GET", "/v1/devices"), 401);
}

TEST_F(GateTest, R_F2_AFactorThatChangesEndsOtherSessions) {
    admin();
    auto one = sign_in("admin"), two = sign_in("admin", "192.0.2.11");
    EXPECT_EQ(one.status("PUT", "/v1/me/password", {{"password", "nine grey ducks swim"}}), 200);
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200);
    EXPECT_EQ(two.status("GET", "/v1/devices"), 401);
}

TEST_F(GateTest, R_F2_CookieAndTokenEndAtTheGate) {
    admin();
    auto one = sign_in("admin");
    one.send("POST", "/v1/devices", json::object());
    for (const auto* const name : {"cookie", "x-provost-csrf", "authorization"})
        EXPECT_FALSE(passed.headers.contains(name)) << name;
    EXPECT_EQ(passed.actor, "admin");
    EXPECT_EQ(passed.who.source, "192.0.2.10");
    EXPECT_EQ(passed.who.person, id_of("admin"));
}

// What a page watches goes on by itself: that keeps no session alive, and ends with it.
TEST_F(GateTest, R_F2_AStreamEndsWithItsSession) {
    admin();
    auto one = sign_in("admin");
    stream = [] { return std::optional<std::string>("news"); };
    const auto watch = [&] { return one.send("GET", "/v1/events/stream").follow; };
    auto first = watch(), second = watch();
    for (int i = 0; i < 100; ++i) {
        clock.advance(seconds(8));
        ASSERT_EQ(first(), "news") << i;
    }
    clock.advance(seconds(101));
    EXPECT_FALSE(first()) << "idle for a quarter of an hour";
    sign_in(one, "admin");
    second = watch();
    EXPECT_EQ(one.status("DELETE", "/v1/session"), 200);
    clock.advance(seconds(5));
    EXPECT_FALSE(second()) << "signed out";
}

}  // namespace
}  // namespace provost::testing_house
