// Who guesses passwords gets nowhere, keeps nobody out, and is told of; and no secret is left lying about.
#include "gate_fixture.h"
#include "service/alert.h"
#include "service/log.h"

namespace provost::testing_house {
namespace {

std::string all_bytes(const fs::path& folder) {
    std::string all;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream in(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
}

TEST_F(GateTest, R_F2_GuessingGetsSlowerAndSlower) {
    admin();
    auto attacker = browser("198.51.100.7");
    int refused = 0, throttled = 0;
    for (int i = 0; i < 30; ++i) {
        const auto code =
            attacker.code("POST", "/v1/session/password",
                          {{"login", "admin"}, {"password", "guess number " + std::to_string(i)}});
        refused += code == "P-8602" ? 1 : 0;
        throttled += code == "P-8603" ? 1 : 0;
        clock.advance(seconds(1));
    }
    EXPECT_LE(refused, 12);
    EXPECT_EQ(refused + throttled, 30);
    EXPECT_EQ(
        attacker.status("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}}),
        429)
        << "not even the right one";
    EXPECT_FALSE(events("login.throttled").empty());
}

TEST_F(GateTest, R_F2_AttackersNeverLockOutTheOwner) {
    admin();
    auto owner = sign_in("admin");
    owner.send("DELETE", "/v1/session");
    for (int i = 0; i < 20; ++i) {
        auto attacker = browser("198.51.100." + std::to_string(i));
        attacker.send("POST", "/v1/session/password", {{"login", "admin"}, {"password", "wrong"}});
    }
    EXPECT_EQ(browser("203.0.113.1")
                  .status("POST", "/v1/session/password", {{"login", "admin"}, {"password", good_password}}),
              429)
        << "a browser that nobody knows waits";
    sign_in(owner, "admin");
    EXPECT_EQ(owner.status("GET", "/v1/devices"), 200) << "the owner's own does not";
}

TEST_F(GateTest, R_F2_AnOfficeBehindOneAddressIsNotToldToWait) {
    admin();
    for (int i = 0; i < 8; ++i) sign_in("admin", "203.0.113.9");
    EXPECT_TRUE(events("login.throttled").empty());
}

TEST_F(GateTest, R_F2_APasskeyWaitsForNobody) {
    auto one = admin();
    SoftAuthenticator key(SoftAuthenticator::Kind::es256);
    one.send("POST", "/v1/me/passkeys/finish", registration(one, key));
    for (int i = 0; i < 10; ++i)
        browser("198.51.100." + std::to_string(i))
            .send("POST", "/v1/session/password", {{"login", "admin"}, {"password", "wrong"}});
    auto fresh = browser("198.51.100.3");
    EXPECT_EQ(fresh.status("POST", "/v1/session/passkey/finish", assertion(fresh, key)), 200)
        << "not even at an attacker's address";
}

TEST_F(GateTest, R_F2_SprayingIsSeenRecordedAndAlerted) {
    admin();
    auto attacker = browser("198.51.100.7");
    for (int i = 0; i < 6; ++i)
        attacker.send("POST", "/v1/session/password",
                      {{"login", "user" + std::to_string(i)}, {"password", "Sommer2026!"}});
    const auto told = events("login.spraying");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().source, "198.51.100.7");
    const auto signal = signal_of(told.front());
    ASSERT_TRUE(signal);
    EXPECT_EQ(signal->weight, AlertWeight::warning);
}

TEST_F(GateTest, R_F6_SessionsThatAreNoneAreRecordedAndManyAreAlerted) {
    admin();
    auto old = sign_in("admin", "203.0.113.9");
    const auto cookies = old.cookies;
    old.send("DELETE", "/v1/session");
    old.cookies = cookies;
    for (int i = 0; i < 30; ++i) EXPECT_EQ(old.status("GET", "/v1/session"), 401);
    ASSERT_EQ(events("session.unknown").size(), 1U) << "a page with an old cookie asks again and again";
    EXPECT_FALSE(signal_of(events("session.unknown").front()));
    auto guesser = browser("198.51.100.7");
    for (int i = 0; i < 30; ++i) {
        guesser.cookies["__Host-provost"] = "guess" + std::to_string(i);
        EXPECT_EQ(guesser.status("GET", "/v1/devices"), 401);
    }
    const auto told = events("session.guessing");
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().source, "198.51.100.7");
    EXPECT_EQ(signal_of(told.front()).value().weight, AlertWeight::warning);
}

TEST_F(GateTest, R_F2_AFloodOfFailuresDoesNotFloodTheTrail) {
    admin();
    const auto before = store->audit_tail().value().seq;
    for (int i = 0; i < 400; ++i)
        browser("198.51.100.7").send("POST", "/v1/session/one-time", {{"token", "x" + std::to_string(i)}});
    (void)store->apply([](Transaction&) { return Status(); });
    const auto rows = store->audit_tail().value().seq - before;
    EXPECT_GT(rows, 100);
    EXPECT_LT(rows, 250);
    clock.advance(minutes(10));
    browser("198.51.100.7").send("POST", "/v1/session/one-time", {{"token", "last"}});
    EXPECT_NE(events("login.failed").front().detail.find("more were not written"), std::string::npos);
}

TEST_F(GateTest, R_F2_EveryStepIsAnEventAndARowOfTheTrail) {
    auto one = admin();
    sign_in("admin");
    one = sign_in("admin");
    one.send("POST", "/v1/me/recovery-codes");
    one.send("DELETE", "/v1/session");
    for (const auto* const kind :
         {"login.one-time-made", "login.one-time-used", "factor.password", "factor.totp", "login.done",
          "login.new-browser", "factor.recovery-codes", "login.ended"}) {
        EXPECT_FALSE(events(kind).empty()) << kind;
        AuditFilter filter;
        filter.kind = kind;
        EXPECT_FALSE(store->audit(filter, 0, 100).value().rows.empty()) << kind;
    }
}

// Whatever was said or told in confidence: not a byte of it in the store's files, the trail or the log.
TEST_F(GateTest, R_F2_NoSecretIsLeftAnywhere) {
    testing::internal::CaptureStderr();
    set_log(LogForm::text, "trace");
    const auto link = first_login(*house).value().value();
    auto one = enrol(link);
    std::vector<std::string> secrets{good_password, link.path.substr(link.path.find('=') + 1),
                                     totp.at("admin")};
    const auto codes = one.ask("POST", "/v1/me/recovery-codes").at("codes").as_array();
    for (const auto& code : codes) {
        secrets.emplace_back(code.as_string());
        auto bare = secrets.back();
        std::erase(bare, '-');
        secrets.push_back(bare);
    }
    secrets.push_back(one.cookies.at("__Host-provost"));
    auto two = sign_in("admin", "192.0.2.11");
    secrets.push_back(two.cookies.at("__Host-provost"));
    secrets.push_back(two.csrf);
    two.send("POST", "/v1/session/password", {{"login", "typed-into-the-wrong-field"}, {"password", "x"}});
    secrets.emplace_back("typed-into-the-wrong-field");
    two.send("POST", "/v1/session/one-time", {{"token", "canary-token-of-a-stranger"}});
    secrets.emplace_back("canary-token-of-a-stranger");
    Actor root;
    root.name = "unix:root";
    root.role = Role::platform;
    root.tenant = std::nullopt;
    const auto token =
        ApiTokens(*house).create({"billing", "support", "acme", "1d", false, false}, root).value();
    secrets.push_back(token.text);
    secrets.push_back(token.text.substr(20, 52));
    secrets.emplace_back(key_of(totp.at("admin")).expose());
    (void)events("login.failed");
    const auto log = testing::internal::GetCapturedStderr();
    const auto stored = all_bytes(folder);
    ASSERT_NE(stored.find("billing"), std::string::npos) << "the files are those that are written";
    for (const auto& secret : secrets) {
        EXPECT_EQ(stored.find(secret), std::string::npos) << secret;
        EXPECT_EQ(log.find(secret), std::string::npos) << secret;
    }
    const auto all = store->last_events({}, 1000).value();
    for (const auto& event : all)
        for (const auto& secret : secrets)
            EXPECT_EQ((event.detail + event.actor + event.path).find(secret), std::string::npos)
                << event.kind;
}

}  // namespace
}  // namespace provost::testing_house
