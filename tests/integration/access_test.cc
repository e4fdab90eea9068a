// Devices without a certificate: first contact by token, then a password of their own, and its life (R-A7).
#include "access_fixture.h"

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::AccessTest;

TEST_F(AccessTest, R_A7_ATokenBringsThePasswordThatThePhoneComesAgainWith) {
    add(1, "digest");
    const auto path = token(1);
    const auto first = get(path + file(1));
    ASSERT_EQ(first.status, 200);
    EXPECT_TRUE(has_password(first));
    const auto login = login_in(first);
    EXPECT_GE(login.password.size(), 22u);
    EXPECT_GE(login.user.size(), 16u);
    EXPECT_EQ(login.user.find(mac_of(1).lower()), std::string::npos);
    EXPECT_EQ(parameter(first, "static\\.auto_provision\\.server\\.url").substr(0, door.url.size()),
              door.url);
    end(first, Transfer::complete);
    EXPECT_EQ(get(path + file(1)).status, 404) << "the token is spent";
    finish_grace(1);
    EXPECT_EQ(secrets(1), 0u);
    for (const auto algorithm : {DigestAlgorithm::sha256, DigestAlgorithm::md5}) {
        const auto later = by_digest("/" + file(1), login, algorithm);
        ASSERT_EQ(later.status, 200);
        EXPECT_FALSE(has_password(later));
        EXPECT_EQ(login_in(later).user, login.user);
        EXPECT_EQ(login_in(later).password, "");
    }
    const auto record = store->deliveries(mac_of(1), 5).value().at(0);
    EXPECT_EQ(record.proof, Access::token);
    EXPECT_FALSE(device(1).pinned_key);
}

TEST_F(AccessTest, R_A7_BasicWorksTheSameWayAndOnlyWhereItIsSet) {
    add(1, "basic");
    const auto first = get(token(1) + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    EXPECT_EQ(by_basic("/" + file(1), login).status, 200);
    EXPECT_EQ(by_digest("/" + file(1), login).status, 401) << "the server keeps no digest of it";
    EXPECT_EQ(by_basic("/" + file(1), {login.user, login.password + "x"}).status, 401);
    EXPECT_EQ(by_basic("/" + file(1), {login.user + "x", login.password}).status, 401);
    EXPECT_EQ(by_basic("/" + file(2), login).status, 401) << "another device's file";
    EXPECT_EQ(last_rule(), "claim-mismatch");
}

TEST_F(AccessTest, R_A7_ABrokenTransferDoesNotSpendTheTokenACompleteOneDoes) {
    add(1, "token");
    const auto path = token(1);
    end(get(path + file(1)), Transfer::broken);
    clock.advance(1min);
    EXPECT_EQ(get(path + "y000000000000.boot").status, 404) << "absent by design";
    EXPECT_EQ(last_rule(), "absent-by-design");
    EXPECT_EQ(get(path + "nonsense").status, 404);
    EXPECT_EQ(last_rule(), "path-unknown");
    const auto again = get(path + file(1));
    EXPECT_TRUE(has_password(again));
    end(again, Transfer::complete);
    EXPECT_EQ(get(path + file(1)).status, 404);
    EXPECT_EQ(last_rule(), "token-spent");
}

TEST_F(AccessTest, R_A7_TokensDieOfTimeArmingRetiringAndRevoking) {
    add(1, "token");
    const auto expect_dead = [&](const std::string& path, const std::string& rule) {
        EXPECT_EQ(get(path + file(1)).status, 404);
        EXPECT_EQ(last_rule(), rule);
    };
    const auto short_lived = token(1, {"", "1h"});
    clock.advance(1h);
    expect_dead(short_lived, "token-expired");
    const auto replaced = token(1);
    const auto revoked = token(1);
    expect_dead(replaced, "credential-refused");
    ASSERT_TRUE(devices().revoke_token(mac_of(1), "test"));
    expect_dead(revoked, "credential-refused");
    const auto before_arming = token(1);
    arm(1);
    expect_dead(before_arming, "credential-refused");
    const auto before_retiring = token(1);
    ASSERT_TRUE(devices().retire(mac_of(1), "test"));
    expect_dead(before_retiring, "credential-refused");
}

TEST_F(AccessTest, R_A7_R_B2_ARotationKeepsTheOldPasswordUntilTheNewOneIsUsed) {
    add(1, "digest", "rotate");
    const auto first = get(token(1) + file(1));
    const auto one = login_in(first);
    end(first, Transfer::complete);
    finish_grace(1);
    const auto own = "/" + file(1);
    const auto broken = by_digest(own, one);
    const auto two = login_in(broken);
    EXPECT_NE(two.user, one.user);
    EXPECT_NE(two.password, one.password);
    end(broken, Transfer::broken);
    clock.advance(20min);
    Housekeeper keeper(*house);
    ASSERT_TRUE(keeper.tick(clock.now(), {}));
    const auto whole = by_digest(own, one);
    ASSERT_EQ(whole.status, 200) << "the phone kept what it had";
    EXPECT_EQ(by_digest(own, two).status, 401) << "what broke was not taken: it is void";
    const auto three = login_in(whole);
    end(whole, Transfer::complete);
    finish_grace(1);
    EXPECT_EQ(by_digest(own, three).status, 200);
    ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    EXPECT_EQ(by_digest(own, one).status, 401) << "the new one was used";
}

TEST_F(AccessTest, R_A7_ArmingEndsThePasswordAndAnEpochDoesNot) {
    add(1, "digest");
    const auto first = get(token(1) + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    Housekeeper keeper(*house);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(keeper.close_epoch(clock.now()));
    EXPECT_EQ(by_digest("/" + file(1), login).status, 200);
    EXPECT_EQ(by_digest("/" + file(1), {"nobody", "x"}).status, 401) << "the decoy is sealed anew";
    arm(1);
    EXPECT_EQ(by_digest("/" + file(1), login).status, 401);
    EXPECT_EQ(store->counts().value().secrets, 4 + 2)
        << "line, admin, user, own; and two digests of the new one";
}

TEST_F(AccessTest, R_A7_PolicyIsInheritedDownTheTree) {
    Tenants::Draft child;
    child.slug = "child";
    child.parent = "acme";
    ASSERT_TRUE(TenantService(*house).create(child, "test"));
    const auto policy = [&] { return policies.current()->tenant("child")->policy; };
    EXPECT_TRUE(policy().access.token);
    EXPECT_EQ(to_text(policy().fallback_networks), "192.0.2.0/24");
    Tenants::Draft strict;
    strict.policy = {{"fallback", "none"}};
    ASSERT_TRUE(TenantService(*house).change("child", strict, std::nullopt, "test"));
    EXPECT_EQ(policy().access, AccessMethods());
}

TEST_F(AccessTest, R_A7_NoRecordHoldsAnythingThatOpens) {
    add(1, "digest");
    const auto path = token(1);
    const auto first = get(path + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    get(path + file(1));
    by_digest("/" + file(1), login);
    by_basic("/" + file(1), login);
    EXPECT_EQ(last_rule(), "credential-refused");
    const auto events = store->events({}, 0, 1000).value();
    for (const auto& event : events) {
        const auto all = event.path + event.detail + event.user_agent + event.kind;
        EXPECT_EQ(all.find(path.substr(3, 52)), std::string::npos) << all;
        EXPECT_EQ(all.find(login.password), std::string::npos);
    }
    const auto made = store->last_events({.device = mac_of(1), .kind = "device.token-made"}, 1).value().at(0);
    EXPECT_EQ(made.actor, "test");
    EXPECT_NE(made.detail.find("good until"), std::string::npos);
}

}  // namespace
}  // namespace provost
