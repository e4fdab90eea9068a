// Tokens of programs, and the administration of people.
#include "gate_fixture.h"

namespace provost::testing_house {
namespace {

class TokenTest : public GateTest {
 protected:
    static Actor root() {
        Actor actor;
        actor.name = "unix:root";
        actor.role = Role::platform;
        actor.tenant = std::nullopt;
        actor.source = "unix";
        return actor;
    }
    Actor of(Role role, const std::string& tenant, PersonId id = 0) {
        Actor actor;
        actor.name = "somebody";
        actor.role = role;
        actor.tenant = policies.current()->tenant(std::string_view(tenant))->tenant.id;
        actor.person = id;
        return actor;
    }
    void add_tenant(const std::string& slug, const std::string& parent) {
        Tenants::Draft draft;
        draft.slug = slug;
        draft.parent = parent;
        ASSERT_TRUE(TenantService(*house).create(draft, "test"));
    }
    int status(const std::string& token, const std::string& path = "/v1/devices") {
        auto program = browser("203.0.113.50");
        program.more = {{"authorization", "Bearer " + token}, {"sec-fetch-site", ""}, {"origin", ""}};
        return program.status("POST", path, json::object());
    }
};

TEST_F(TokenTest, R_F2_ATokenIsAProgramAndNoPerson) {
    const auto made =
        ApiTokens(*house).create({"billing", "tenant-admin", "acme", "30d", true, false}, root());
    ASSERT_TRUE(made) << made.error().text();
    EXPECT_TRUE(made->text.starts_with("prv_"));
    EXPECT_EQ(status(made->text), 200);
    EXPECT_EQ(passed.who.name, "token:billing");
    EXPECT_EQ(passed.who.role, Role::tenant_admin);
    EXPECT_EQ(passed.who.tenant, of(Role::auditor, "acme").tenant);
    EXPECT_FALSE(passed.who.stepped_up);
    EXPECT_FALSE(passed.who.read_only);
    EXPECT_EQ(passed.who.person, 0);
    for (const auto* const path : {"/v1/people", "/v1/people/1/reset", "/v1/tokens", "/v1/session",
                                   "/v1/me/totp", "/v1/session/password", "/v1/approvals/1/approve"})
        EXPECT_EQ(status(made->text, path), 403) << path;
}

TEST_F(TokenTest, R_F2_WhatIsNoTokenIsRefusedAndTold) {
    const auto made =
        ApiTokens(*house).create({"billing", "support", "acme", "30d", false, false}, root()).value();
    EXPECT_EQ(status(made.text), 200);
    EXPECT_TRUE(passed.who.read_only);
    for (std::size_t i = 4; i < made.text.size(); i += 7) {
        auto other = made.text;
        other[i] = other[i] == 'a' ? 'b' : 'a';
        EXPECT_EQ(status(other), 401) << i;
    }
    for (const auto* const none : {"", "prv_", "x", "prv_aaaa"}) EXPECT_EQ(status(none), 401) << none;
    EXPECT_FALSE(events("token.refused").empty());
}

TEST_F(TokenTest, R_F2_ATokenEndsByItselfAndAtOnce) {
    ApiTokens tokens(*house);
    const auto made = tokens.create({"billing", "support", "acme", "30d", false, false}, root()).value();
    clock.advance(hours(24 * 30) - seconds(1));
    EXPECT_EQ(status(made.text), 200);
    clock.advance(seconds(1));
    EXPECT_EQ(status(made.text), 401);
    EXPECT_EQ(tokens.create({"x", "support", "acme", "91d", false, false}, root()).error().code, "P-8615");
    EXPECT_EQ(tokens.create({"x", "support", "acme", "0s", false, false}, root()).error().code, "P-8615");
    EXPECT_EQ(tokens.create({"", "support", "acme", "1d", false, false}, root()).error().code, "P-8615");
    const auto other = tokens.create({"x", "support", "acme", "1d", false, false}, root()).value();
    EXPECT_EQ(status(other.text), 200);
    ASSERT_TRUE(tokens.remove(other.token.id, root()));
    EXPECT_EQ(status(other.text), 401);
    EXPECT_EQ(tokens.remove(other.token.id, root()).error().code, "P-8617");
}

TEST_F(TokenTest, R_F2_ATokenGoesWithItsPerson) {
    admin();
    enrol(add_person("anna", "tenant-admin", "acme"));
    const auto anna = of(Role::tenant_admin, "acme", id_of("anna"));
    const auto made = ApiTokens(*house).create({"x", "", "", "1d", true, false}, anna);
    ASSERT_TRUE(made) << made.error().text();
    EXPECT_EQ(made->token.role, Role::tenant_admin) << "her own, if nothing is said";
    EXPECT_EQ(status(made->text), 200);
    EXPECT_EQ(passed.who.person, id_of("anna")) << "who asks by a token can't approve it as a person";
    ASSERT_TRUE(People(*house).change(id_of("anna"), {"", "", "support", "", ""}, {}, root()));
    EXPECT_EQ(status(made->text), 401);
}

TEST_F(TokenTest, R_F2_NobodyGivesMoreThanItHas) {
    add_tenant("acme-kid", "acme");
    add_tenant("omega", "");
    People people(*house);
    ApiTokens tokens(*house);
    const auto reseller = of(Role::reseller, "acme"), local = of(Role::tenant_admin, "acme-kid"),
               helper = of(Role::support, "acme");
    int counter = 0;
    const auto person = [&](const Actor& who, const std::string& role, const std::string& tenant) {
        const auto made = people.create({role + std::to_string(counter++), "", role, tenant, ""}, who);
        return made ? "" : made.error().code;
    };
    const auto token = [&](const Actor& who, const std::string& role, const std::string& tenant) {
        const auto made = tokens.create({"x", role, tenant, "1d", false, false}, who);
        return made ? "" : made.error().code;
    };
    EXPECT_EQ(person(reseller, "tenant-admin", "acme-kid"), "");
    EXPECT_EQ(person(reseller, "platform", ""), "P-8614");
    EXPECT_EQ(person(reseller, "support", "*"), "P-8614") << "over all tenants";
    EXPECT_EQ(person(reseller, "support", "omega"), "P-2010") << "as if it were not there";
    EXPECT_EQ(person(local, "support", "acme-kid"), "");
    EXPECT_EQ(person(local, "support", "acme"), "P-2010") << "the tenant above is out of sight too";
    EXPECT_EQ(person(local, "reseller", "acme-kid"), "P-8614");
    EXPECT_EQ(person(helper, "auditor", "acme"), "P-8614");
    EXPECT_EQ(token(local, "support", "acme-kid"), "");
    EXPECT_EQ(token(local, "platform", ""), "P-8614");
    EXPECT_EQ(token(local, "support", "omega"), "P-2010");
    EXPECT_EQ(token(reseller, "support", "*"), "P-8614");
    EXPECT_EQ(token(helper, "", ""), "") << "its own reach";
    const auto seen = people.list(local).value();
    for (const auto& entry : seen) EXPECT_EQ(entry.person.tenant, local.tenant) << entry.person.login;
}

TEST_F(TokenTest, R_F2_WhoMayNotManageAPersonDoesNotLearnOfIt) {
    add_tenant("omega", "");
    admin();
    add_person("anna", "support", "omega");
    People people(*house);
    const auto local = of(Role::tenant_admin, "acme");
    for (const auto id : {id_of("anna"), id_of("admin"), PersonId{4711}}) {
        EXPECT_EQ(people.find(id, local).error(), people.find(4711, local).error());
        EXPECT_EQ(people.reset(id, local).error().code, "P-8611");
        EXPECT_EQ(people.remove(id, local).error().code, "P-8611");
        EXPECT_EQ(people.change(id, {"", "x", "", "", ""}, {}, local).error().code, "P-8611");
    }
}

TEST_F(TokenTest, R_F2_AnAuditorSeesAllOfItsTenantsAndManagesNobody) {
    add_tenant("omega", "");
    admin();
    add_person("anna", "tenant-admin", "acme");
    add_person("zoe", "support", "omega");
    const auto made = ApiTokens(*house).create({"robot", "support", "acme", "1d", false, false}, root());
    ASSERT_TRUE(made) << made.error().text();
    const auto auditor = of(Role::auditor, "acme");
    People people(*house);
    const auto seen = people.list(auditor).value();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen.front().person.login, "anna");
    EXPECT_EQ(people.find(id_of("zoe"), auditor).error(), people.find(id_of("admin"), auditor).error());
    EXPECT_EQ(people.remove(id_of("anna"), auditor).error().code, "P-8611");
    EXPECT_EQ(people.reset(id_of("anna"), auditor).error().code, "P-8611");
    EXPECT_EQ(people.end_sessions(id_of("anna"), auditor).error().code, "P-8611");
    EXPECT_EQ(ApiTokens(*house).list(auditor).value().size(), 1U);
    EXPECT_EQ(ApiTokens(*house).remove(made->token.id, auditor).error().code, "P-8617");
}

TEST_F(TokenTest, R_F2_TheLastPlatformAdminStays) {
    admin();
    People people(*house);
    const auto id = id_of("admin");
    EXPECT_EQ(people.remove(id, root()).error().code, "P-8613");
    EXPECT_EQ(people.reset(id, root()).error().code, "P-8613");
    EXPECT_EQ(people.change(id, {"", "", "", "", "disabled"}, {}, root()).error().code, "P-8613");
    EXPECT_EQ(people.change(id, {"", "", "support", "acme", ""}, {}, root()).error().code, "P-8613");
    enrol(add_person("bert", "platform", ""));
    EXPECT_TRUE(people.remove(id, root()));
    EXPECT_EQ(people.remove(id_of("bert"), root()).error().code, "P-8613");
}

TEST_F(TokenTest, R_F2_OnTheHostThereIsAlwaysAWayIn) {
    auto one = admin();
    const auto link = reset_admin(*house, "", "unix:root").value();
    EXPECT_EQ(one.status("GET", "/v1/session"), 401);
    EXPECT_EQ(browser("203.0.113.9")
                  .code("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}}),
              "P-8602");
    auto again = enrol(link);
    EXPECT_EQ(again.status("GET", "/v1/devices"), 200);
    EXPECT_EQ(reset_admin(*house, "second", "unix:root").value().login, "second");
    add_person("anna", "support", "acme");
    EXPECT_EQ(reset_admin(*house, "anna", "unix:root").error().code, "P-8614");
}

TEST_F(TokenTest, R_F2_DraftsOfPeople) {
    People people(*house);
    const auto refused = [&](People::Draft draft) { return people.create(draft, root()).error().code; };
    EXPECT_EQ(refused({"Anna", "", "support", "acme", ""}), "P-8612");
    EXPECT_EQ(refused({"", "", "support", "acme", ""}), "P-8612");
    EXPECT_EQ(refused({"anna", "", "", "acme", ""}), "P-8612");
    EXPECT_EQ(refused({"anna", "", "king", "acme", ""}), "P-8612");
    EXPECT_EQ(refused({"anna", "", "support", "", ""}), "P-8612") << "where?";
    EXPECT_EQ(refused({"anna", "", "support", "nowhere", ""}), "P-2010");
    EXPECT_EQ(refused({"anna", "", "platform", "acme", ""}), "P-8612");
    EXPECT_EQ(refused({"anna", "", "tenant-admin", "*", ""}), "P-8612");
    EXPECT_EQ(refused({"anna", "a\nb", "support", "acme", ""}), "P-8612");
    ASSERT_TRUE(people.create({"anna", "", "support", "*", ""}, root()));
    EXPECT_EQ(refused({"anna", "", "support", "acme", ""}), "P-6008");
    const auto entry = people.find("anna", root()).value();
    EXPECT_FALSE(entry.person.tenant) << "support for everybody";
    EXPECT_EQ(people.change(entry.person.id, {"", "x", "", "", ""}, 9, root()).error().code, "P-2015");
}

}  // namespace
}  // namespace provost::testing_house
