// Devices without a certificate: who is refused, and that it looks alike; what can't work is said before
// (R-A7).
#include "access_fixture.h"

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::AccessTest;
using testing_house::UserAndPassword;

TEST_F(AccessTest, R_A7_SourcesAreLimitedByTenantAndToken) {
    add(1, "token");
    const auto path = token(1, {"192.0.2.128/25", ""});
    EXPECT_EQ(get(path + file(1)).status, 404);
    EXPECT_EQ(last_rule(), "source-not-allowed");
    source = "198.51.100.200";
    EXPECT_EQ(get(path + file(1)).status, 404);
    EXPECT_EQ(last_rule(), "source-not-allowed");
    source = "192.0.2.200";
    EXPECT_EQ(get(path + file(1)).status, 200);
}

TEST_F(AccessTest, R_A7_ADoorThatOffersNothingGivesNothing) {
    add(1, "digest");
    const auto path = token(1);
    const auto first = get(path + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    auto with_login = request("/" + file(1));
    with_login.authorization =
        std::make_shared<const Secret>(Secret::copy_of(answer(login, nonce_of(get("/")), "/" + file(1))));
    for (auto* const what : {&with_login}) {
        const auto reply = ask(*main, *what);
        EXPECT_EQ(reply.status, 403);
        EXPECT_TRUE(reply.authenticate.empty());
    }
    add(2, "token");
    const auto refused = ask(*main, request(token(2) + file(2)));
    EXPECT_EQ(refused.status, 403);
    EXPECT_EQ(refused.body.view(), refusal_body);
    EXPECT_EQ(last_rule(), "no-certificate");
    EXPECT_EQ(store->last_events({}, 1).value().at(0).path, "/t/.../" + file(2));
}

TEST_F(AccessTest, R_A7_R_C5_OneRefusalForAllAtADoor) {
    add(1, "digest");
    const auto path = token(1);
    const auto first = get(path + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    add(2, "certificate");
    const auto form = [](DeviceReply reply) {
        std::string text = std::to_string(reply.status) + std::string(reply.body.view());
        for (const auto& line : reply.authenticate)
            text += std::regex_replace(line, std::regex("nonce=\"[0-9a-f]{64}\""), "nonce");
        EXPECT_TRUE(reply.refusal);
        return text;
    };
    const auto asked = form(get("/" + file(1)));
    EXPECT_EQ(asked,
              "401Unauthorized\nDigest realm=\"provisioning\", qop=\"auth\", algorithm=SHA-256, nonceDigest "
              "realm=\"provisioning\", qop=\"auth\", algorithm=MD5, nonceBasic realm=\"provisioning\", "
              "charset=\"UTF-8\"");
    const UserAndPassword nobody{"nobody", login.password}, wrong{login.user, "wrong"};
    const auto own = "/" + file(1), foreign = "/" + file(2);
    for (const auto& [name, reply] : std::map<std::string, std::string>{
             {"unknown path", form(get("/nothing"))},
             {"unknown device", form(get("/" + file(99)))},
             {"unknown user", form(by_digest(own, nobody))},
             {"wrong password", form(by_digest(own, wrong))},
             {"wrong password, MD5", form(by_digest(own, wrong, DigestAlgorithm::md5))},
             {"unknown user, Basic", form(by_basic(own, nobody))},
             {"right password, wrong scheme", form(by_basic(own, login))},
             {"another device's file", form(by_digest(foreign, login))},
             {"forged nonce", form(get_with(own, answer(login, std::string(64, '0'), own)))},
             {"another target", form(get_with(own, answer(login, nonce_of(get(own)), "/other")))},
             {"not to be read", form(get_with(own, "Digest nonsense"))},
             {"another scheme", form(get_with(own, "Bearer abc"))}})
        EXPECT_EQ(reply, asked) << name;
    source = "198.51.100.1";
    EXPECT_EQ(form(by_digest(own, login)), asked) << "right, but from another network";
    EXPECT_EQ(last_rule(), "source-not-allowed");
    source = "192.0.2.7";
    const auto nothing = form(get("/t/" + std::string(52, 'a') + "/" + file(1)));
    EXPECT_EQ(nothing, "404Not Found\n");
    for (const auto& target :
         {path + file(1), path, std::string("/t/"), "/t/short/" + file(1), path + file(2)})
        EXPECT_EQ(form(get(target)), nothing) << target;
}

TEST_F(AccessTest, R_A7_AnOldOrUsedNonceIsAskedForAgainWhoeverShowsIt) {
    add(1, "digest");
    const auto first = get(token(1) + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    const auto own = "/" + file(1);
    const auto nonce = nonce_of(get(own));
    EXPECT_EQ(get_with(own, answer(login, nonce, own)).status, 200);
    const auto replayed = get_with(own, answer(login, nonce, own));
    EXPECT_EQ(replayed.status, 401);
    EXPECT_NE(replayed.authenticate[0].find("stale=true"), std::string::npos);
    EXPECT_EQ(last_rule(), "challenged");
    EXPECT_EQ(get_with(own, answer(login, nonce, own, DigestAlgorithm::sha256, "00000002")).status, 200);
    const auto by_stranger = get_with(own, answer({"nobody", "x"}, nonce, own));
    EXPECT_EQ(by_stranger.authenticate[0].find("stale=true") != std::string::npos, true);
    clock.advance(5min);
    EXPECT_NE(get_with(own, answer(login, nonce, own, DigestAlgorithm::sha256, "00000003"))
                  .authenticate[0]
                  .find("stale"),
              std::string::npos);
}

TEST_F(AccessTest, R_A7_NobodyGetsADeviceForLessThanItIsSetTo) {
    add(1, "certificate");
    EXPECT_EQ(devices().make_token(mac_of(1), {}, "test").error().code, "P-3002");
    add(2, "digest");
    const auto first = get(token(2) + file(2));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    Devices::Draft draft;
    draft.access = "certificate";
    ASSERT_TRUE(devices().change(mac_of(2), draft, std::nullopt, "test"));
    EXPECT_EQ(by_digest("/" + file(2), login).status, 401) << "the password ended with the change";
    EXPECT_EQ(last_rule(), "credential-refused");
    EXPECT_EQ(device(2).state, DeviceState::grace) << "a phone raised to its certificate needs no new arming";
    draft.access = "token";
    ASSERT_TRUE(devices().change(mac_of(2), draft, std::nullopt, "test"));
    EXPECT_EQ(device(2).state, DeviceState::registered);
    EXPECT_EQ(secrets(2), 0u);
}

TEST_F(AccessTest, R_A5_R_A7_ACertificateThatProvesNothingIsNoHindranceARefusedOneIs) {
    add(1, "digest");
    const auto first = get(token(1) + file(1));
    const auto login = login_in(first);
    end(first, Transfer::complete);
    for (const auto rule :
         {Rule::certificate_generic, Rule::certificate_untrusted, Rule::certificate_expired}) {
        certificate = rule;
        EXPECT_EQ(by_digest("/" + file(1), login).status, 200) << to_text(rule);
    }
    for (const auto rule : {Rule::certificate_revoked, Rule::certificate_distrusted,
                            Rule::certificate_malformed, Rule::vendor_prefix_mismatch}) {
        certificate = rule;
        EXPECT_EQ(by_basic("/" + file(1), login).status, 401) << to_text(rule);
        EXPECT_EQ(last_rule(), to_text(rule));
    }
}

TEST_F(AccessTest, R_A7_TwoWithOneTokenFromTwoPlacesAreNotBothServed) {
    add(1, "token");
    const auto path = token(1);
    EXPECT_EQ(get(path + file(1)).status, 200);
    source = "192.0.2.99";
    EXPECT_EQ(get(path + file(1)).status, 404);
    EXPECT_EQ(last_rule(), "clone-suspected");
}

TEST_F(AccessTest, R_A7_ATokenMustLookLikeThePhoneItWasMadeFor) {
    add(1, "token");
    const auto path = token(1);
    auto other = request(path + file(1));
    other.user_agent =
        "Mozilla/4.0 (compatible; snomD785-SIP 10.1.169.16 2010.12-00001-gd311851f1 "
        "(Feb 25 2019 - 14:19:43) 000413221122 SXM:0 UXM:0 UXMC:0)";
    EXPECT_EQ(ask(*phones, std::move(other)).status, 404);
    EXPECT_EQ(last_rule(), "claim-mismatch");
    EXPECT_EQ(get(path + file(2)).status, 404);
    EXPECT_EQ(last_rule(), "claim-mismatch");
    EXPECT_EQ(get(path + file(1)).status, 200) << "none of it spent the token";
}

TEST_F(AccessTest, R_A7_ASoftphonesLinkNeedsItsHeader) {
    Devices::Draft draft;
    draft.mac = "020000000001";
    draft.tenant = "acme";
    draft.vendor = "linphone";
    draft.access = "token";
    draft.settings = {{"line.1.user", "u1"}};
    ASSERT_TRUE(devices().create(draft, "test"));
    const auto mac = MacAddress::parse(draft.mac).value();
    ASSERT_TRUE(devices().arm(mac, {}, "test"));
    const auto made = devices().make_token(mac, {}, "test").value();
    EXPECT_TRUE(made.address.ends_with("/linphone.xml")) << made.address;
    const auto path = made.address.substr(door.url.size() - 1);
    EXPECT_EQ(get(path).status, 404) << "a preview of the link";
    EXPECT_EQ(last_rule(), "token-header-missing");
    auto app = request(path);
    app.extra_fields = {"x-linphone-provisioning"};
    const auto reply = ask(*phones, app);
    ASSERT_EQ(reply.status, 200);
    EXPECT_NE(reply.body.view().find("ha1"), std::string_view::npos);
    end(reply, Transfer::complete);
    EXPECT_EQ(ask(*phones, app).status, 404);
}

TEST_F(AccessTest, R_A7_WhatCantWorkIsSaidBefore) {
    Devices::Draft draft;
    draft.mac = "020000000001";
    draft.tenant = "acme";
    draft.vendor = "linphone";
    draft.settings = {{"line.1.user", "u1"}};
    for (const auto* const access : {"digest", "certificate", "password"}) {
        draft.access = access;
        EXPECT_EQ(devices().create(draft, "test").error().code, "P-2031") << access;
    }
    draft.vendor = "panasonic";
    draft.access = "basic";
    for (const auto& [model, can] :
         {std::pair("KX-UTG200", true), std::pair("KX-UT113", false), std::pair("", false)}) {
        draft.mac = can ? "0080f0000002" : "0080f0000003";
        draft.model = model;
        const auto made = devices().create(draft, "test");
        EXPECT_EQ(made ? "" : made.error().code, can ? "" : "P-2031") << model;
    }
    add(1, "token");
    set_policy({{"fallback", "digest"}});
    EXPECT_EQ(devices().make_token(mac_of(1), {}, "test").error().code, "P-2033");
    set_policy({{"fallback", "token"}, {"fallback_networks", "none"}});
    EXPECT_EQ(devices().make_token(mac_of(1), {}, "test").error().code, "P-2033");
    set_policy({{"fallback_networks", "any"}, {"minimum_rating", "5"}});
    EXPECT_EQ(devices().make_token(mac_of(1), {}, "test").error().code, "P-2034");
    set_policy({{"minimum_rating", "4"}});
    EXPECT_EQ(devices().make_token(mac_of(1), {"", "31d"}, "test").error().code, "P-2035");
    EXPECT_EQ(devices().make_token(mac_of(1), {"nowhere", ""}, "test").error().code, "P-2012");
    EXPECT_EQ(devices().revoke_token(mac_of(1), "test").error().code, "P-2036");
    EXPECT_TRUE(devices().make_token(mac_of(1), {}, "test"));
    policies.set_doors({DoorTraits{}});
    ASSERT_TRUE(policies.refresh(*store, house->hardening));
    EXPECT_EQ(devices().make_token(mac_of(1), {}, "test").error().code, "P-2032");
}

}  // namespace
}  // namespace provost
