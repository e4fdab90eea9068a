// Signing in through the gate (R-F2; ASVS 6 and 7): each way in, and what becomes of each trick.
#include "gate_fixture.h"
#include "service/alert.h"

namespace provost::testing_house {
namespace {

TEST_F(GateTest, R_F2_NobodyIsSignedInAndNothingIsThere) {
    auto one = browser();
    EXPECT_EQ(one.status("GET", "/v1/session"), 401);
    EXPECT_EQ(one.code("GET", "/v1/devices"), "P-8601");
    EXPECT_EQ(one.code("DELETE", "/v1/session"), "P-8601");
    EXPECT_EQ(one.send("GET", "/v1/devices").headers.at("WWW-Authenticate"), "Bearer");
    EXPECT_TRUE(passed.path.empty());
}

TEST_F(GateTest, R_F2_FirstLoginWorksOnceAndEnrolsAlone) {
    const auto link = first_login(*house).value().value();
    EXPECT_TRUE(link.path.starts_with("/login#token="));
    const json::object token{{"token", link.path.substr(link.path.find('=') + 1)}};
    auto one = browser();
    const auto session = one.ask("POST", "/v1/session/one-time", token);
    EXPECT_EQ(session.at("next"), "enrol");
    EXPECT_TRUE(session.at("must_enrol").as_bool());
    EXPECT_EQ(browser().code("POST", "/v1/session/one-time", token), "P-8602") << "once";
    for (const auto* const path : {"/v1/devices", "/v1/people", "/v1/me/sessions"})
        EXPECT_EQ(one.code("GET", path), "P-8606") << path;
    EXPECT_EQ(one.code("POST", "/v1/me/recovery-codes"), "P-8606");
    EXPECT_TRUE(passed.path.empty()) << "nothing but enrolling";
    EXPECT_EQ(one.code("PUT", "/v1/me/password", {{"password", "short1"}}), "P-8607");
    const auto cookie = one.cookies.at("__Host-provost");
    EXPECT_EQ(one.status("PUT", "/v1/me/password", {{"password", good_password}}), 200);
    EXPECT_EQ(one.code("GET", "/v1/devices"), "P-8606") << "a password alone is not enough";
    totp["admin"] = std::string(one.ask("POST", "/v1/me/totp").at("secret").as_string());
    EXPECT_EQ(one.code("POST", "/v1/me/totp/confirm", {{"code", "000000"}}), "P-8608");
    const auto done = one.ask("POST", "/v1/me/totp/confirm", {{"code", code("admin")}});
    EXPECT_FALSE(done.at("must_enrol").as_bool());
    EXPECT_NE(one.cookies.at("__Host-provost"), cookie) << "a new id with more rights";
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200);
    EXPECT_EQ(passed.who.name, "admin");
    EXPECT_EQ(passed.who.role, Role::platform);
    EXPECT_FALSE(passed.who.tenant);
    EXPECT_FALSE(first_login(*house).value()) << "somebody can sign in now";
}

TEST_F(GateTest, R_F2_FirstLoginEndsAfterHalfAnHour) {
    const auto link = first_login(*house).value().value();
    const json::object token{{"token", link.path.substr(link.path.find('=') + 1)}};
    const auto again = first_login(*house).value().value();
    EXPECT_EQ(browser().code("POST", "/v1/session/one-time", token), "P-8602")
        << "a later one takes its place";
    clock.advance(minutes(30));
    EXPECT_EQ(browser().code("POST", "/v1/session/one-time",
                             {{"token", again.path.substr(again.path.find('=') + 1)}}),
              "P-8602");
    EXPECT_EQ(events("login.one-time-made").size(), 2U);
}

TEST_F(GateTest, R_F2_PasswordThenTotp) {
    admin();
    auto one = browser();
    const auto half =
        one.ask("POST", "/v1/session/password", {{"login", " Admin "}, {"password", good_password}});
    EXPECT_EQ(half, (json::object{{"next", "totp"}})) << "and nothing else is told";
    EXPECT_EQ(one.code("GET", "/v1/session"), "P-8601") << "half a session is none";
    EXPECT_EQ(one.code("GET", "/v1/devices"), "P-8601");
    const auto cookie = one.cookies.at("__Host-provost");
    const auto whole = one.ask("POST", "/v1/session/totp", {{"code", code("admin")}});
    EXPECT_EQ(whole.at("next"), "done");
    EXPECT_EQ(whole.at("person").at("login"), "admin");
    EXPECT_NE(one.cookies.at("__Host-provost"), cookie);
    for (const auto* const attribute : {"; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict"}) {
        const auto first = one.set_cookies.find(attribute);
        ASSERT_NE(first, std::string::npos) << attribute;
        EXPECT_NE(one.set_cookies.find(attribute, first + 1), std::string::npos)
            << "both of them: " << attribute;
    }
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200);
    EXPECT_EQ(events("login.done").front().actor, "admin");
    EXPECT_EQ(events("login.done").front().source, "192.0.2.10");
}

TEST_F(GateTest, R_F2_ATotpCodeWorksOnce) {
    admin();
    auto one = sign_in("admin");
    const auto used = code_now("admin");
    auto other = browser("192.0.2.11");
    other.send("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}});
    EXPECT_EQ(other.code("POST", "/v1/session/totp", {{"code", used}}), "P-8602");
    const auto told = events("login.code-replayed");
    ASSERT_EQ(told.size(), 1U) << "the first is told";
    EXPECT_EQ(signal_of(told.front()).value().weight, AlertWeight::info);
    EXPECT_EQ(one.code("POST", "/v1/session/step-up", {{"code", used}}), "P-8602");
    EXPECT_EQ(other.status("POST", "/v1/session/totp", {{"code", code("admin")}}), 200);
}

TEST_F(GateTest, R_F2_FiveWrongCodesEndTheHalfSession) {
    admin();
    auto one = browser();
    one.send("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}});
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(one.code("POST", "/v1/session/totp", {{"code", "000000"}}), "P-8602");
        clock.advance(minutes(0) + seconds(10));
    }
    EXPECT_EQ(one.code("POST", "/v1/session/totp", {{"code", code("admin")}}), "P-8601");
    EXPECT_EQ(events("login.factor-exhausted").size(), 1U);
}

TEST_F(GateTest, R_F2_EveryRefusedLoginIsOneAnswer) {
    admin();
    enrol(add_person("anna", "support", "acme"));
    int counter = 1;
    const auto refuse = [&](const std::string& login, const std::string& password) {
        return browser("198.51.100." + std::to_string(counter++))
            .send("POST", "/v1/session/password", {{"login", login}, {"password", password}});
    };
    const auto wrong = refuse("admin", "not the password at all");
    const auto nobody = refuse("nobody", good_password);
    Actor root;
    root.name = "unix:root";
    root.role = Role::platform;
    root.tenant = std::nullopt;
    ASSERT_TRUE(People(*house).change(id_of("anna"), {"", "", "", "", "disabled"}, {}, root));
    const auto disabled = refuse("anna", good_password);
    const auto odd = refuse("admin' OR 1=1 --", "x");
    for (const auto* const one : {&nobody, &disabled, &odd}) {
        EXPECT_EQ(one->status, wrong.status);
        EXPECT_EQ(one->body, wrong.body);
        EXPECT_EQ(one->headers, wrong.headers);
    }
    for (const auto& event : events("login.failed"))
        EXPECT_EQ(event.detail.find("OR 1=1"), std::string::npos) << "what strangers type is not kept";
}

TEST_F(GateTest, R_F2_APasskeyAloneIsAWholeLogin) {
    auto one = admin();
    for (const auto kind :
         {SoftAuthenticator::Kind::es256, SoftAuthenticator::Kind::eddsa, SoftAuthenticator::Kind::rs256}) {
        SoftAuthenticator key(kind);
        const auto draft = registration(one, key);
        EXPECT_EQ(one.status("POST", "/v1/me/passkeys/finish", draft), 200);
        EXPECT_EQ(one.code("POST", "/v1/me/passkeys/finish", draft), "P-8609") << "a challenge answers once";
        auto other = browser("203.0.113.5");
        const auto done = other.ask("POST", "/v1/session/passkey/finish", assertion(other, key));
        ASSERT_TRUE(done.contains("next")) << json::serialize(done);
        EXPECT_EQ(done.at("next"), "done");
        EXPECT_FALSE(done.at("stepped_up_until").is_null());
        EXPECT_EQ(other.status("GET", "/v1/devices"), 200);
    }
}

TEST_F(GateTest, R_F2_AReplayedAssertionIsRefused) {
    auto one = admin();
    SoftAuthenticator key(SoftAuthenticator::Kind::es256);
    one.send("POST", "/v1/me/passkeys/finish", registration(one, key));
    auto other = browser("203.0.113.5");
    const auto answer = assertion(other, key);
    EXPECT_EQ(other.status("POST", "/v1/session/passkey/finish", answer), 200);
    EXPECT_EQ(browser("198.51.100.1").code("POST", "/v1/session/passkey/finish", answer), "P-8609");
    auto late = browser("203.0.113.6");
    const auto old = assertion(late, key);
    clock.advance(minutes(5));
    EXPECT_EQ(late.code("POST", "/v1/session/passkey/finish", old), "P-8609") << "too late";
    EXPECT_EQ(browser().code("POST", "/v1/session/passkey/finish", assertion_for("AAAA", key)), "P-8609");
}

TEST_F(GateTest, R_F2_ACopiedPasskeyIsRefusedAndTold) {
    auto one = admin();
    SoftAuthenticator key(SoftAuthenticator::Kind::es256);
    key.count = 5;
    one.send("POST", "/v1/me/passkeys/finish", registration(one, key));
    key.count = 6;
    auto other = browser("203.0.113.5");
    EXPECT_EQ(other.status("POST", "/v1/session/passkey/finish", assertion(other, key)), 200);
    auto copy = browser("198.51.100.1");
    EXPECT_EQ(copy.code("POST", "/v1/session/passkey/finish", assertion(copy, key)), "P-8609");
    EXPECT_EQ(events("passkey.copied").size(), 1U);
}

TEST_F(GateTest, R_F2_AStepUpsChallengeLogsNobodyIn) {
    auto one = admin();
    SoftAuthenticator key(SoftAuthenticator::Kind::es256);
    one.send("POST", "/v1/me/passkeys/finish", registration(one, key));
    const auto within = assertion(one, key);
    EXPECT_EQ(browser("203.0.113.5").code("POST", "/v1/session/passkey/finish", within), "P-8609");
    auto other = browser("203.0.113.6");
    EXPECT_EQ(one.code("POST", "/v1/session/step-up", {{"passkey", assertion(other, key)}}), "P-8609");
    EXPECT_EQ(one.status("POST", "/v1/session/step-up", {{"passkey", assertion(one, key)}}), 200);
}

TEST_F(GateTest, R_F2_APasswordBesideAPasskeyDoesNotSkipIt) {
    auto one = admin();
    SoftAuthenticator key(SoftAuthenticator::Kind::es256);
    one.send("POST", "/v1/me/passkeys/finish", registration(one, key));
    EXPECT_EQ(one.status("DELETE", "/v1/me/totp"), 200);
    EXPECT_EQ(browser("203.0.113.5")
                  .code("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}}),
              "P-8602");
    EXPECT_EQ(one.code("DELETE", "/v1/me/passkeys/1"), "P-8616") << "too little would be left";
}

TEST_F(GateTest, R_F2_RecoveryCodesWorkOnceAndAreTold) {
    auto one = admin();
    const auto codes = one.ask("POST", "/v1/me/recovery-codes").at("codes").as_array();
    ASSERT_EQ(codes.size(), 10U);
    const auto use = [&](const json::value& typed) {
        auto other = browser("203.0.113.5");
        other.send("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}});
        return other.status("POST", "/v1/session/recovery", {{"code", typed}});
    };
    EXPECT_EQ(use(codes[3]), 200);
    EXPECT_EQ(use(codes[3]), 401);
    EXPECT_EQ(use(codes[4]), 200);
    EXPECT_EQ(events("login.recovery").size(), 2U);
    EXPECT_EQ(one.ask("GET", "/v1/session").at("factors").at("recovery_left"), 8);
}

}  // namespace
}  // namespace provost::testing_house
