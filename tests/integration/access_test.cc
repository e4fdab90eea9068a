// Devices without a certificate, over the real store and vault: first contact by token, then a password of
// their own (R-A7).
#include "house_fixture.h"
#include "service/token_path.h"

#include <future>
#include <regex>

#include <sodium.h>

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::HouseTest;

struct Login {
    std::string user, password;
};

std::string base64(const std::string& text) {
    std::string out(sodium_base64_encoded_len(text.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), as_bytes(text).data(), text.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();
    return out;
}

class AccessTest : public HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        door.name = "fallback";
        door.access = {true, true, true, true};
        door.url = "https://fallback.example:8444/";
        policies.set_doors({DoorTraits{}, door});
        ASSERT_TRUE(policies.refresh(*store, house->hardening));
        set_policy({{"fallback", "digest,basic,token"},
                    {"fallback_networks", "192.0.2.0/24"},
                    {"minimum_rating", "3"}});
        phones = std::make_unique<PhoneService>(*house, door);
        main = std::make_unique<PhoneService>(*house, DoorTraits{});
    }
    void TearDown() override {
        (void)store->apply([](Transaction&) { return Status(); });
        phones.reset();
        main.reset();
        HouseTest::TearDown();
    }
    void set_policy(const RawSettings& policy) {
        Tenants::Draft draft;
        draft.policy = policy;
        const auto changed = TenantService(*house).change("acme", draft, std::nullopt, "test");
        ASSERT_TRUE(changed) << changed.error().text();
    }
    MacAddress add(int number, const std::string& access, const std::string& mode = "purge",
                   bool armed = true) {
        Devices::Draft draft;
        draft.mac = mac_of(number).lower();
        draft.tenant = "acme";
        draft.access = access;
        draft.secret_mode = mode;
        draft.settings = {{"line.1.user", "u" + std::to_string(number)}};
        const auto made = devices().create(draft, "test");
        EXPECT_TRUE(made) << made.error().text();
        if (armed) arm(number);
        return mac_of(number);
    }
    void arm(int number) {
        const auto done = devices().arm(mac_of(number), false, "test");
        EXPECT_TRUE(done) << done.error().text();
    }
    DeviceService devices() { return DeviceService(*house); }
    std::string token(int number, const Devices::TokenDraft& draft = {}) {
        const auto made = devices().make_token(mac_of(number), draft, "test");
        EXPECT_TRUE(made) << made.error().text();
        if (!made) return "";
        EXPECT_TRUE(made->url.starts_with(door.url + "t/"));
        return made->url.substr(door.url.size() - 1);
    }

    DeviceRequest request(const std::string& target) {
        DeviceRequest get;
        get.method = Method::get;
        get.target = target;
        get.source = source;
        return get;
    }
    DeviceReply ask(PhoneService& service, DeviceRequest what) {
        Evidence none;
        none.fault = certificate;
        std::promise<DeviceReply> promise;
        service.handle(std::make_shared<const Evidence>(none), std::move(what),
                       [&](DeviceReply reply) { promise.set_value(std::move(reply)); });
        return promise.get_future().get();
    }
    DeviceReply get(const std::string& target) { return ask(*phones, request(target)); }
    DeviceReply get_with(const std::string& target, const std::string& authorization) {
        auto what = request(target);
        what.authorization = std::make_shared<const Secret>(Secret::copy_of(authorization));
        return ask(*phones, std::move(what));
    }
    DeviceReply by_basic(const std::string& target, const Login& login) {
        return get_with(target, "Basic " + base64(login.user + ":" + login.password));
    }
    static std::string nonce_of(const DeviceReply& challenge) {
        std::smatch found;
        if (challenge.authenticate.empty()) return "";
        EXPECT_TRUE(std::regex_search(challenge.authenticate[0], found, std::regex("nonce=\"([^\"]+)\"")));
        return found[1];
    }
    static std::string answer(const Login& login, const std::string& nonce, const std::string& target,
                              DigestAlgorithm algorithm = DigestAlgorithm::sha256,
                              const std::string& nc = "00000001") {
        const auto password = Secret::copy_of(login.password);
        const bool md5 = algorithm == DigestAlgorithm::md5;
        const auto ha1 = Secret::copy_of(md5 ? ha1_md5(login.user, access_realm, password)
                                             : ha1_sha256(login.user, access_realm, password));
        return "Digest username=\"" + login.user + "\", realm=\"provisioning\", nonce=\"" + nonce +
               "\", uri=\"" + target + "\", algorithm=" + (md5 ? "MD5" : "SHA-256") +
               ", cnonce=\"c\", nc=" + nc + ", qop=auth, response=\"" +
               digest_response({algorithm, "GET", target, nonce, nc, "c"}, ha1) + "\"";
    }
    DeviceReply by_digest(const std::string& target, const Login& login,
                          DigestAlgorithm algorithm = DigestAlgorithm::sha256) {
        return get_with(target, answer(login, nonce_of(get(target)), target, algorithm));
    }

    // The whole file was taken, or not.
    void end(const DeviceReply& reply, Transfer how) {
        EXPECT_NE(reply.delivery, 0);
        phones->transferred(reply.delivery, how);
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    }
    void finish_grace(int number) {
        clock.advance(2h);
        Housekeeper keeper(*house);
        ASSERT_TRUE(keeper.tick(clock.now(), {}));
        EXPECT_EQ(device(number).state, DeviceState::provisioned);
    }
    static std::string parameter(const DeviceReply& reply, const std::string& name) {
        std::smatch found;
        const std::string body(reply.body.view());
        return std::regex_search(body, found, std::regex("(?:^|\n)" + name + " = ([^\n]*)\n"))
                   ? found[1].str()
                   : "";
    }
    static Login login_in(const DeviceReply& reply) {
        return {parameter(reply, "static\\.auto_provision\\.server\\.username"),
                parameter(reply, "static\\.auto_provision\\.server\\.password")};
    }
    static bool has_password(const DeviceReply& reply) {
        return !parameter(reply, "account\\.1\\.password").empty();
    }
    std::string last_rule() {
        EXPECT_TRUE(store->apply([](Transaction&) { return Status(); }));
        std::this_thread::sleep_for(150ms);
        return store->last_events({}, 1).value().at(0).rule;
    }
    static std::string file(int number) { return mac_of(number).lower() + ".cfg"; }

    DoorTraits door;
    std::string source = "192.0.2.7";
    Rule certificate = Rule::no_certificate;
    std::unique_ptr<PhoneService> phones, main;
};

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
    const Login nobody{"nobody", login.password}, wrong{login.user, "wrong"};
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
    ASSERT_TRUE(devices().arm(mac, false, "test"));
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
