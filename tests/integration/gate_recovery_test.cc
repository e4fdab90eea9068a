// Recovery codes of those who have a passkey (R-F2; ASVS 6.4.4, 6.5): they let in whom they were given to,
// and no further than they prove.
#include "gate_fixture.h"
#include "service/alert.h"

namespace provost::testing_house {
namespace {

class Recovery : public GateTest {
 protected:
    void SetUp() override {
        GateTest::SetUp();
        admin();
    }
    // Somebody who signs in by a passkey alone, with recovery codes.
    Browser with_passkey(const std::string& login) {
        const auto link = add_person(login, "support", "acme");
        auto one = browser();
        one.send("POST", "/v1/session/one-time", {{"token", link.path.substr(link.path.find('=') + 1)}});
        EXPECT_EQ(one.status("POST", "/v1/me/passkeys/finish", registration(one, lost)), 200);
        codes = one.ask("POST", "/v1/me/recovery-codes").at("codes").as_array();
        return one;
    }
    json::object typed(const std::string& login, std::size_t code, const std::string& password = {}) {
        json::object body{{"login", login}, {"code", codes.at(code)}};
        if (!password.empty()) body["password"] = password;
        return body;
    }

    SoftAuthenticator lost{SoftAuthenticator::Kind::es256};
    json::array codes;
};

TEST_F(Recovery, R_F2_ALostPasskeyIsReplacedByACode) {
    auto before = with_passkey("anna");
    auto one = browser("203.0.113.5");
    const auto session = one.ask("POST", "/v1/session/recover", typed(" Anna ", 3));
    ASSERT_TRUE(session.contains("next")) << json::serialize(session);
    EXPECT_EQ(session.at("next"), "enrol");
    EXPECT_EQ(one.code("GET", "/v1/devices"), "P-8606") << "nothing but enrolling";
    EXPECT_EQ(one.code("POST", "/v1/me/recovery-codes"), "P-8606");
    EXPECT_EQ(one.code("DELETE", "/v1/me/passkeys/1"), "P-8606") << "nor taking anything away";
    EXPECT_EQ(browser("203.0.113.6").code("POST", "/v1/session/recover", typed("anna", 3)), "P-8602")
        << "once";
    SoftAuthenticator found(SoftAuthenticator::Kind::eddsa);
    const auto done = one.ask("POST", "/v1/me/passkeys/finish", registration(one, found));
    EXPECT_FALSE(done.at("must_enrol").as_bool());
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200);
    EXPECT_EQ(before.status("GET", "/v1/devices"), 401) << "her other sessions have ended";
    auto other = browser("203.0.113.7");
    EXPECT_EQ(other.status("POST", "/v1/session/passkey/finish", assertion(other, found)), 200);
}

TEST_F(Recovery, R_F2_ACodeAloneIsToldToTheOperators) {
    with_passkey("anna");
    browser("203.0.113.5").send("POST", "/v1/session/recover", typed("anna", 0));
    const auto told = events("login.recovery");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().actor, "anna");
    EXPECT_EQ(told.front().source, "203.0.113.5");
    EXPECT_NE(told.front().detail.find("by a code alone"), std::string::npos);
    EXPECT_EQ(signal_of(told.front()).value().weight, AlertWeight::warning);
    EXPECT_TRUE(events("login.done").size() <= 1) << "it is no whole login";
}

TEST_F(Recovery, R_F2_ACodeAndANewPasswordAreNoWholeLogin) {
    with_passkey("anna");
    auto one = browser("203.0.113.5");
    one.send("POST", "/v1/session/recover", typed("anna", 0));
    EXPECT_EQ(one.status("PUT", "/v1/me/password", {{"password", good_password}}), 200);
    EXPECT_EQ(one.code("GET", "/v1/devices"), "P-8606") << "the passkey that was lost proves nothing";
    totp["anna"] = std::string(one.ask("POST", "/v1/me/totp").at("secret").as_string());
    EXPECT_EQ(one.status("POST", "/v1/me/totp/confirm", {{"code", code("anna")}}), 200);
    EXPECT_EQ(one.status("GET", "/v1/devices"), 200);
}

TEST_F(Recovery, R_F2_WhereThereIsAPasswordACodeAloneIsNothing) {
    auto one = with_passkey("anna");
    EXPECT_EQ(one.status("PUT", "/v1/me/password", {{"password", good_password}}), 200);
    int counter = 1;
    const auto recover = [&](const json::object& body) {
        return browser("198.51.100." + std::to_string(counter++)).send("POST", "/v1/session/recover", body);
    };
    const auto alone = recover(typed("anna", 0)),
               wrong = recover(typed("anna", 0, "not the password at all"));
    const auto nobody = recover(typed("nobody", 0)), others = recover(typed("admin", 0, good_password));
    for (const auto* const reply : {&alone, &wrong, &nobody, &others}) {
        EXPECT_EQ(reply->status, 401);
        EXPECT_EQ(reply->body, alone.body) << "one answer for all";
    }
    EXPECT_EQ(events("login.recovery").size(), 0U);
    auto both = browser("203.0.113.5");
    EXPECT_EQ(both.ask("POST", "/v1/session/recover", typed("anna", 0, good_password)).at("next"), "done")
        << "and none was spent by those";
    EXPECT_EQ(both.status("GET", "/v1/devices"), 200);
}

TEST_F(Recovery, R_F2_CodesAreTriedAsSlowlyAsPasswords) {
    with_passkey("anna");
    auto guesser = browser("198.51.100.7");
    json::object guess{{"login", "anna"}, {"code", "aaaaaa-aaaaaaa-aaaaaa-aaaaaaa"}};
    for (int i = 0; i < 6; ++i) EXPECT_EQ(guesser.code("POST", "/v1/session/recover", guess), "P-8602");
    EXPECT_EQ(guesser.code("POST", "/v1/session/recover", typed("anna", 0)), "P-8603")
        << "not even a right one";
    EXPECT_FALSE(events("login.throttled").empty());
    EXPECT_EQ(events("login.failed").size(), 6U);
}

TEST_F(Recovery, R_F2_WhoIsDisabledOrWasResetIsNotLetIn) {
    with_passkey("anna");
    Actor root;
    root.name = "unix:root";
    root.role = Role::platform;
    root.tenant = std::nullopt;
    People people(*house);
    ASSERT_TRUE(people.change(id_of("anna"), {"", "", "", "", "disabled"}, {}, root));
    EXPECT_EQ(browser().code("POST", "/v1/session/recover", typed("anna", 0)), "P-8602");
    ASSERT_TRUE(people.change(id_of("anna"), {"", "", "", "", "active"}, {}, root));
    ASSERT_TRUE(people.reset(id_of("anna"), root));
    EXPECT_EQ(browser().code("POST", "/v1/session/recover", typed("anna", 1)), "P-8602");
}

}  // namespace
}  // namespace provost::testing_house
