// Two persons, idempotency keys, versions and fields, over the real store.
#include "api/approval_keeper.h"
#include "api_fixture.h"

#include <regex>

namespace provost::testing_house {
namespace {

class ApprovalsTest : public ApiTest {
 protected:
    void SetUp() override {
        ApiTest::SetUp();
        anna = person_named("anna", 1), bob = person_named("bob", 2);
    }
    Actor person_named(const std::string& name, std::int64_t number, Role role = Role::tenant_admin) const {
        auto actor = of_alpha(role);
        actor.name = name;
        actor.person = number;
        return actor;
    }
    // Two devices are below alpha.
    void ask_for_two(std::int64_t devices) { api->ask_second_persons({true, devices}); }
    std::string waiting(const Actor& who) { return call(who, "GET", "/v1/approvals").body; }
    std::string name_of_alpha() { return policies.current()->tenant(std::string_view("alpha"))->tenant.name; }

    Actor anna, bob;
    const std::string change = R"({"name":"Alpha and sons"})";
};

TEST_F(ApprovalsTest, R_F2_a_change_of_many_waits_for_another_person) {
    ask_for_two(1);
    const auto asked = call(anna, "PATCH", "/v1/tenants/alpha", change);
    ASSERT_EQ(asked.status, 202) << asked.body;
    EXPECT_EQ(name_of_alpha(), "Alpha");
    EXPECT_NE(waiting(bob).find(R"("by":"anna")"), std::string::npos);
    EXPECT_NE(waiting(bob).find(R"("devices":2)"), std::string::npos);

    EXPECT_EQ(call(anna, "POST", "/v1/approvals/1/approve").status, 403);
    auto by_token = person_named("anna's token", 1);
    EXPECT_EQ(call(by_token, "POST", "/v1/approvals/1/approve").status, 403);
    EXPECT_EQ(call(person_named("sue", 3, Role::support), "POST", "/v1/approvals/1/approve").status, 403);
    auto stale = bob;
    stale.stepped_up = false;
    EXPECT_EQ(call(stale, "POST", "/v1/approvals/1/approve").status, 403);
    EXPECT_EQ(name_of_alpha(), "Alpha");

    const auto done = call(bob, "POST", "/v1/approvals/1/approve");
    EXPECT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(name_of_alpha(), "Alpha and sons");
    EXPECT_EQ(call(bob, "POST", "/v1/approvals/1/approve").status, 404);
    EventFilter filter;
    filter.kind = "tenant.changed";
    EXPECT_EQ(store->last_events(filter, 1).value().at(0).actor, "anna, approved by bob");
}

TEST_F(ApprovalsTest, R_F2_small_changes_and_the_host_s_owner_do_not_wait) {
    ask_for_two(2);
    EXPECT_EQ(call(anna, "PATCH", "/v1/tenants/alpha", change).status, 200);
    ask_for_two(1);
    auto owner = person(Role::platform, std::nullopt);
    owner.person = 0;
    owner.source = "unix";
    EXPECT_EQ(call(owner, "PATCH", "/v1/tenants/alpha", change).status, 200);
    owner.source = "192.0.2.1";
    EXPECT_EQ(call(owner, "PATCH", "/v1/tenants/alpha", change).status, 202);
    ask_for_two(0);
    EXPECT_EQ(call(anna, "PATCH", "/v1/tenants/alpha", change).status, 200);
}

TEST_F(ApprovalsTest, R_F2_who_could_not_do_it_can_not_ask_for_it_nor_see_or_approve_it) {
    ask_for_two(1);
    EXPECT_EQ(call(person_named("sue", 3, Role::support), "PATCH", "/v1/tenants/alpha", change).status, 403);
    EXPECT_EQ(call(anna, "PATCH", "/v1/tenants/omega", change).status, 404);
    ASSERT_EQ(call(anna, "PATCH", "/v1/tenants/alpha", change).status, 202);
    const auto other = person(Role::reseller, id_of("omega"));
    EXPECT_EQ(waiting(other).find("alpha"), std::string::npos);
    const auto absent = call(other, "POST", "/v1/approvals/9/approve");
    const auto foreign = call(other, "POST", "/v1/approvals/1/approve");
    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(foreign.body, std::regex_replace(absent.body, std::regex("\\b9\\b"), "1"));
    EXPECT_EQ(call(other, "DELETE", "/v1/approvals/1").status, 404);
    EXPECT_EQ(call(anna, "DELETE", "/v1/approvals/1").status, 200);
    EXPECT_EQ(call(bob, "POST", "/v1/approvals/1/approve").status, 404);
    EXPECT_EQ(name_of_alpha(), "Alpha");
}

TEST_F(ApprovalsTest, R_F2_it_outlives_a_restart_and_not_a_day) {
    ask_for_two(1);
    ASSERT_EQ(call(anna, "PATCH", "/v1/tenants/alpha", change).status, 202);
    api = std::make_unique<Api>(*house, *trust, control);
    EXPECT_NE(waiting(bob).find(R"("by":"anna")"), std::string::npos);
    clock.set(clock.now() + std::chrono::hours(25));
    EXPECT_EQ(waiting(bob).find(R"("by":"anna")"), std::string::npos);
    EXPECT_EQ(call(bob, "POST", "/v1/approvals/1/approve").status, 404);
}

TEST_F(ApprovalsTest, R_F2_a_tenant_rotated_again_and_again_is_many_devices) {
    ask_for_two(2);
    EXPECT_EQ(call(person(Role::platform, std::nullopt), "POST", "/v1/tenants/nobody/rotate").status, 404);
    for (int devices = 1; devices <= 2; ++devices) {
        const auto done = call(anna, "POST", "/v1/tenants/alpha/rotate");
        EXPECT_NE(done.body.find("\"failed\":"), std::string::npos) << done.body;
    }
    const auto again = call(anna, "POST", "/v1/tenants/alpha/rotate");
    EXPECT_NE(again.body.find("\"approval\":"), std::string::npos) << again.body;
    EXPECT_NE(again.body.find("\"devices\":1"), std::string::npos) << "not those of the tenant below";
    EXPECT_EQ(call(anna, "POST", "/v1/devices/" + mac_of(1).lower() + "/rotate").status, 403);
    clock.advance(std::chrono::minutes(61));
    EXPECT_EQ(call(anna, "POST", "/v1/devices/" + mac_of(1).lower() + "/rotate").status, 200);
}

TEST_F(ApprovalsTest, R_F2_R_G3_arming_together_is_in_the_trail_with_its_reason) {
    const auto body = R"({"devices":[")" + mac_of(1).lower() + R"("],"reason":" a new registrar "})";
    EXPECT_EQ(call(anna, "POST", "/v1/arms?state=armed", body).status, 422) << "named, or filtered";
    const auto begun = call(anna, "POST", "/v1/arms", body);
    ASSERT_EQ(begun.status, 202) << begun.body;
    api.reset();  // it stops after the device it is at
    const auto of_kind = [&](const char* kind) {
        EventFilter filter;
        filter.kind = kind;
        const auto events = store->last_events(filter, 2).value();
        EXPECT_EQ(events.size(), 1U) << kind;
        return events.empty() ? Event() : events.front();
    };
    EXPECT_EQ(of_kind("arming.started").detail, "arming a1: 1 to arm; a new registrar");
    EXPECT_EQ(of_kind("arming.started").tenant, id_of("alpha"));
    EXPECT_EQ(of_kind("arming.ended").actor, "anna");
    EXPECT_TRUE(of_kind("arming.ended").detail.ends_with(" of 1"));
}

TEST_F(ApprovalsTest, R_F2_a_tenant_is_neither_renamed_nor_moved) {
    for (const auto* const body : {R"({"slug":"other"})", R"({"parent":"omega"})"}) {
        const auto refused = call(person(Role::platform, std::nullopt), "PATCH", "/v1/tenants/alpha", body);
        EXPECT_NE(refused.body.find("P-2017"), std::string::npos) << refused.body;
    }
    const auto same = R"({"slug":"alpha","parent":"upper","name":"Alpha and sons"})";
    EXPECT_EQ(call(person(Role::platform, std::nullopt), "PATCH", "/v1/tenants/alpha", same).status, 200);
    EXPECT_EQ(name_of_alpha(), "Alpha and sons");
}

TEST_F(ApprovalsTest, R_F2_trust_waits_and_refusing_does_not) {
    ask_for_two(0);
    auto first = person(Role::platform, std::nullopt), second = first;
    first.person = 1, second.person = 2, second.name = "bo";
    EXPECT_EQ(call(first, "DELETE", "/v1/trust/1").status, 202);
    const auto refusal =
        R"({"kind":"key","fingerprint":")" + std::string(64, 'a') + R"(","reason":"stolen"})";
    EXPECT_EQ(call(first, "POST", "/v1/trust/refuse", refusal).status, 200);
    EXPECT_EQ(call(anna, "POST", "/v1/approvals/1/approve").status, 404);
    EXPECT_NE(call(second, "POST", "/v1/approvals/1/approve").status, 403);
    EXPECT_EQ(waiting(second).find("/v1/trust/1"), std::string::npos);
}

TEST_F(ApprovalsTest, R_F2_fields_that_a_role_may_not_set_or_read) {
    const auto policy = R"({"policy":{"minimum_rating":"1"}})";
    EXPECT_EQ(call(anna, "PATCH", "/v1/tenants/alpha", policy).status, 403);
    EXPECT_EQ(call(person_named("rita", 4, Role::reseller), "PATCH", "/v1/tenants/alpha", policy).status,
              403);
    EXPECT_EQ(call(person_named("rita", 4, Role::reseller), "PATCH", "/v1/tenants/alpha-kid", policy).status,
              200);
    EXPECT_EQ(policies.current()->tenant(std::string_view("alpha"))->tenant.policy.minimum_rating, 4);
    EXPECT_EQ(call(anna, "PATCH", "/v1/tenants/alpha", R"({"version":7})").status, 422);
    for (const auto* const path : {"/v1/tenants", "/v1/tenants/alpha"}) {
        EXPECT_EQ(call(of_alpha(Role::support), "GET", path).body.find("\"policy\""), std::string::npos);
        EXPECT_NE(call(of_alpha(Role::auditor), "GET", path).body.find("\"policy\""), std::string::npos);
    }
    EXPECT_EQ(call(anna, "POST", "/v1/profile/diff", R"({"tenant":"alpha","hardening":"rules: []"})").status,
              403);
    EXPECT_EQ(call(anna, "POST", "/v1/profile/diff", "{}").status, 404);
}

TEST_F(ApprovalsTest, R_F2_a_reseller_makes_tenants_below_its_own_only) {
    const auto rita = of_alpha(Role::reseller);
    EXPECT_EQ(call(rita, "POST", "/v1/tenants", R"({"slug":"fresh"})").status, 404);
    EXPECT_EQ(call(rita, "POST", "/v1/tenants", R"({"slug":"fresh","parent":"upper"})").status, 404);
    EXPECT_EQ(call(rita, "POST", "/v1/tenants", R"({"slug":"fresh","parent":"alpha"})").status, 201);
    EXPECT_EQ(call(rita, "DELETE", "/v1/tenants/fresh").status, 200);
    EXPECT_EQ(call(rita, "DELETE", "/v1/tenants/alpha").status, 403);
}

TEST_F(ApprovalsTest, R_F2_the_same_call_with_the_same_key_is_done_once) {
    const std::map<std::string, std::string> key{{"idempotency-key", "k-1"}};
    const auto body = R"({"tenant":"alpha","mac":"001565002222","settings":{"line.1.user":"1"}})";
    const auto first = call(anna, "POST", "/v1/devices", body, key);
    ASSERT_EQ(first.status, 201) << first.body;
    auto again = call(anna, "POST", "/v1/devices", body, key);
    EXPECT_EQ(again.headers["Idempotency-Replayed"], "true");
    EXPECT_EQ(again.status, 201);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(call(anna, "POST", "/v1/devices", "{}", key).status, 422);
    EXPECT_EQ(call(bob, "POST", "/v1/devices", body, key).status, 409)
        << "another person's key is another key";
    clock.set(clock.now() + std::chrono::hours(25));
    EXPECT_EQ(call(anna, "POST", "/v1/devices", body, key).status, 409);
    EXPECT_EQ(call(anna, "POST", "/v1/devices", body, {{"idempotency-key", "a b"}}).status, 422);
    auto demoted = anna;
    demoted.role = Role::support;
    EXPECT_EQ(call(demoted, "POST", "/v1/devices", body, key).status, 403);
}

TEST_F(ApprovalsTest, R_F2_a_refused_call_leaves_no_key_and_a_secret_is_told_once) {
    const std::map<std::string, std::string> key{{"idempotency-key", "k-2"}};
    const auto path = "/v1/devices/" + mac_of(1).lower() + "/arm";
    EXPECT_EQ(call(anna, "POST", path, R"({"forget_key":1})", key).status, 422);
    EXPECT_EQ(call(anna, "POST", path, "", key).status, 200);
    const auto generation = device(1).generation;
    EXPECT_EQ(call(anna, "POST", path, "", key).status, 409);
    EXPECT_EQ(device(1).generation, generation);
}

TEST_F(ApprovalsTest, R_F3_a_version_that_is_not_the_current_one_changes_nothing) {
    const auto path = "/v1/devices/" + mac_of(1).lower();
    const auto before = picture();
    const std::map<std::string, std::string> old{{"if-match", "\"999\""}};
    for (const auto& [method, target] :
         {std::pair("PATCH", path), std::pair("DELETE", path), std::pair("POST", path + "/arm"),
          std::pair("POST", path + "/retire"), std::pair("DELETE", std::string("/v1/tenants/alpha-kid")),
          std::pair("POST", std::string("/v1/devices"))})
        EXPECT_EQ(call(anna, method, target, "{}", old).status,
                  method == std::string("DELETE") && target.starts_with("/v1/tenants") ? 403 : 412)
            << method << target;
    EXPECT_EQ(picture(), before);
    EXPECT_EQ(call(anna, "POST", path + "/arm", "", {{"if-match", "*"}}).status, 200);
}

}  // namespace
}  // namespace provost::testing_house
