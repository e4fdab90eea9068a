// The rows of journey B (support engineer: "my phone does not provision"), one test each.
#include "service/verdict.h"

#include "domain/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost {
namespace {

using testing::HasSubstr;
using testing::Not;

class JourneyB : public testing::Test {
 protected:
    JourneyB() {
        snom.id = "snom";
        snom.name = "Snom";
        snom.setup.redirection = "SRAPS";
        device.mac = MacAddress(0x000413aaaaaa);
        device.vendor = "snom";
        device.state = DeviceState::armed;
        facts.mac = device.mac;
        facts.device = &device;
        facts.vendor = &snom;
        facts.tenant = "acme";
        facts.now = from_rfc3339("2026-11-23T12:00:00Z").value();
        facts.address = "https://prov.example/p/";
    }

    // Newest first: call them in the order in which they came.
    void came(Rule rule, int minutes_ago, const std::string& detail = "",
              const std::string& path = "/x.cfg") {
        Event event;
        event.at = facts.now - std::chrono::minutes(minutes_ago);
        event.kind = "visit";
        event.device = facts.mac;
        event.proved = !is_refusal(rule) || rule >= Rule::method_refused;
        event.rule = to_text(rule);
        event.source = "203.0.113.7";
        event.detail = detail;
        event.path = path;
        facts.contacts.insert(facts.contacts.begin(), event);
    }
    void shook(HandshakeTrouble trouble, int minutes_ago, std::uint64_t count = 1) {
        const auto at = facts.now - std::chrono::minutes(minutes_ago);
        facts.handshakes = FailedHandshakes{trouble, count, at - std::chrono::minutes(30), at};
        facts.handshake_source = "203.0.113.7";
        facts.handshake_is_own = true;
    }
    void expect(const std::string& kind, const std::vector<std::string>& says,
                const std::vector<std::string>& next) const {
        const auto verdict = give_verdict(facts);
        EXPECT_EQ(verdict.kind, kind) << verdict.says;
        for (const auto& part : says) EXPECT_THAT(verdict.says, HasSubstr(part));
        for (const auto& part : next) EXPECT_THAT(verdict.next, HasSubstr(part));
        EXPECT_THAT(verdict.says + verdict.next, Not(HasSubstr("  ")));
        EXPECT_TRUE(verdict.says.ends_with('.') || verdict.says.ends_with(')')) << verdict.says;
    }

    VendorSpec snom;
    Device device;
    VerdictFacts facts;
};

TEST_F(JourneyB, Row1_NeverAnyContactWhileOthersAtTheSiteWereSeen) {
    facts.site_others = 9;
    facts.site_seen = 3;
    expect("never-seen", {"Never seen. 3 other phones at this site were seen today, so the network is open."},
           {"label's MAC is 00:04:13:aa:aa:aa", "SRAPS", "https://prov.example/p/"});
    EXPECT_THAT(give_verdict(facts).customer, HasSubstr("00:04:13:aa:aa:aa"));
}

TEST_F(JourneyB, Row1_NeverAnyContactNorAnyOtherOfTheSite) {
    facts.site_others = 9;
    expect("never-seen", {"No other phone at this site was seen today either."},
           {"DHCP", "provost site needs"});
    facts.site_others = 0;
    expect("never-seen", {"It is the only phone of its site."}, {"label's MAC"});
}

TEST_F(JourneyB, Row1_NeverSeenAndTheWindowHasPassedOrWasNeverOpened) {
    device.state = DeviceState::expired;
    expect("never-seen", {"its time window has passed"}, {"provost device arm 000413aaaaaa"});
    device.state = DeviceState::registered;
    expect("not-armed", {"not armed", "never seen"}, {"provost device arm"});
    device.state = DeviceState::retired;
    expect("retired", {"Retired."}, {"Remove it"});
}

TEST_F(JourneyB, Row2_MacUnknownButKnocking) {
    facts.device = nullptr;
    for (int i = 0; i < 14; ++i) came(Rule::device_unknown, 168 - 12 * i);
    facts.neighbours = {"acme"};
    expect("unknown-knocking",
           {"A Snom phone with this MAC asked 14 times since 2026-11-23 09:12 UTC from 203.0.113.7",
            "is in no tenant"},
           {"provost device add 000413aaaaaa --tenant acme"});
    facts.neighbours = {"acme", "other"};
    expect("unknown-knocking", {}, {"--tenant NAME", "acme other"});
    came(Rule::no_certificate, 1);
    expect("unknown-unproved", {"calls itself a Snom phone", "did not prove itself", "sent no certificate"},
           {"If it is a customer's phone"});
}

TEST_F(JourneyB, Row3_NoClientCertificate) {
    came(Rule::no_certificate, 5);
    snom.access.certificate = AccessSpec::Certificate::none;
    expect("no-certificate", {"sent no certificate", "makes none"}, {"--access digest or token", "replace"});
    snom.access.certificate = AccessSpec::Certificate::all;
    expect("no-certificate", {"All phones of Snom leave the factory with one"}, {"proxy"});
    snom.access.certificate = AccessSpec::Certificate::some;
    expect("no-certificate", {"Not every phone"}, {"--access"});
}

TEST_F(JourneyB, Row4_UnknownIssuer) {
    came(Rule::certificate_untrusted, 5, "issuer CN=Someone");
    expect("certificate-untrusted", {"No imported vendor CA", "CN=Someone"}, {"trust import"});
}

TEST_F(JourneyB, Row4_WrongNameSeenFromBothSides) {
    came(Rule::claim_mismatch, 5, "", "/000413bbbbbb.cfg");
    expect("wrong-name",
           {"Its certificate is for 000413aaaaaa, but it asks for /000413bbbbbb.cfg", "Not served."},
           {"Reset"});
    // The other phone's page: its own visits tell nothing.
    facts.contacts.clear();
    Event other;
    other.at = facts.now;
    other.device = MacAddress(0x000413cccccc);
    other.source = "203.0.113.9";
    facts.other_showed = other;
    expect("wrong-name",
           {"certificate is for 000413cccccc", "cloned configuration or wrong label. Not served."},
           {"00:04:13:cc:cc:cc"});
    other.device.reset();
    facts.other_showed = other;
    expect("wrong-name", {"certificate is for another"}, {});
}

TEST_F(JourneyB, Row5_NotYetValidOrExpired) {
    came(Rule::certificate_not_yet_valid, 5, "valid from 2027-01-01T00:00:00Z");
    expect("not-yet-valid", {"not valid yet", "2027-01-01"}, {"server's clock"});
    came(Rule::certificate_expired, 4, "expired on 2026-01-01T00:00:00Z");
    expect("expired-certificate", {"has ended", "2026-01-01"}, {"replace the phone"});
    snom.profiles.emplace_back().tolerate_expired_leaf = true;
    expect("expired-certificate", {}, {"minimum_rating to 4"});
    shook({HandshakeTrouble::Kind::alert, 45, 0x0303}, 1);
    expect("phone-refused-us", {"certificate expired", "its clock is wrong"}, {"NTP"});
}

TEST_F(JourneyB, Row6_ThePhoneRefusesUs) {
    came(Rule::resync, 100);
    shook({HandshakeTrouble::Kind::alert, 48, 0x0303}, 1, 14);
    expect("phone-refused-us",
           {"A phone at its address 203.0.113.7 14 times since", "closed with 'unknown CA'",
            "firmware does not know the authority"},
           {"Update its firmware", "certificate"});
    shook({HandshakeTrouble::Kind::alert, 42, 0x0303}, 1);
    expect("phone-refused-us", {"'bad certificate'"}, {"name in its URL"});
    facts.handshakes->at = facts.now - std::chrono::minutes(200);
    expect("served", {"Served correctly"}, {});
}

TEST_F(JourneyB, Row7_TlsVersionOrCipher) {
    shook({HandshakeTrouble::Kind::version, 0, 0x0301}, 1);
    expect("tls-too-old", {"offered only TLS 1.0", "firmware is too old"},
           {"door for old phones", "off by default"});
    shook({HandshakeTrouble::Kind::cipher, 0, 0x0303}, 1);
    expect("tls-no-cipher", {"no cipher"}, {"Update its firmware"});
    shook({HandshakeTrouble::Kind::not_tls, 0, 0}, 1);
    expect("not-tls", {"did not speak TLS"}, {"https://prov.example/p/"});
    facts.handshake_is_own = false;
    expect("not-tls", {"A phone at its site's address"}, {});
}

TEST_F(JourneyB, Row8_WrongPath) {
    came(Rule::path_unknown, 5, "", "/Snom.cfg");
    expect("wrong-path", {"Asks for /Snom.cfg", "the URL in the phone is wrong"},
           {"Right URL: https://prov.example/p/"});
    EXPECT_THAT(give_verdict(facts).customer, HasSubstr("https://prov.example/p/"));
}

TEST_F(JourneyB, Row9_LockedOrRateLimited) {
    came(Rule::credential_refused, 30);
    came(Rule::credential_refused, 5, "wrong password");
    expect("credential-refused",
           {"Rule 'credential-refused', 2 times since 2026-11-23 11:30 UTC", "wrong password"},
           {"arm it again"});
    Ban ban;
    ban.id = 7;
    ban.network = parse_networks("203.0.113.0/24", "test")->front();
    ban.rule = "guessing";
    ban.made = facts.now - std::chrono::hours(1);
    ban.until = facts.now + std::chrono::hours(1);
    facts.ban = ban;
    expect("locked-out",
           {"203.0.113.0/24 is banned since 2026-11-23 11:00 UTC until 2026-11-23 13:00 UTC",
            "the rule 'guessing'"},
           {"platform administrator", "provost ban remove 7"});
    facts.ban.reset();
    came(Rule::overloaded, 1, "the tenant's limit tenant-requests");
    expect("overloaded", {"tenant-requests"}, {"guard.rules"});
}

TEST_F(JourneyB, Row10_ServedButItsContentIsOld) {
    device.state = DeviceState::provisioned;
    came(Rule::resync, 60);
    facts.changes = 2;
    expect("old-content", {"Fetched its configuration at 2026-11-23 11:00 UTC", "2 values have changed"},
           {"calls home"});
    facts.can_resync = true;
    expect("old-content", {}, {"provost device resync 000413aaaaaa"});
}

TEST_F(JourneyB, Row11_ServedAndNotRegistered) {
    device.state = DeviceState::provisioned;
    came(Rule::first_delivery, 117);
    facts.account = "4711";
    Event change;
    change.kind = "device.changed";
    change.at = facts.now - std::chrono::hours(3);
    change.actor = "anna";
    facts.last_change = change;
    expect("served",
           {"Served correctly at 2026-11-23 10:03 UTC. Not a provisioning fault.",
            "Last change: device.changed at 2026-11-23 09:00 UTC by anna."},
           {"check the SIP account 4711 at the registrar"});
}

TEST_F(JourneyB, Row12_Loops) {
    for (int i = 0; i < 30; ++i) came(Rule::resync, 2);
    expect("loops", {"Asked 30 times in 5 minutes, last for /x.cfg", "always at the same file"},
           {"provost device diff"});
    facts.now += std::chrono::hours(1);
    expect("served", {}, {});
}

// A Poly takes ten files when it starts, its own twice: two starts in a row are no loop.
TEST_F(JourneyB, Row12_TwoStartsWithManyFilesAreNoLoop) {
    for (int i = 0; i < 22; ++i) {
        came(Rule::resync, 2);
        facts.contacts.front().path = "/file" + std::to_string(i % 11 % 10) + ".cfg";
    }
    expect("served", {}, {});
    // ... nor are the logs that it puts on the way.
    for (int i = 0; i < 22; ++i) {
        came(Rule::resync, 2);
        facts.contacts.front().path = "/0004f2aaaaaa-app.log";
        facts.contacts.front().method = "PUT";
    }
    came(Rule::resync, 2);
    expect("served", {}, {});
}

TEST_F(JourneyB, Row12_WhoIsRefusedAndComesAgainIsToldWhy) {
    for (int i = 0; i < 30; ++i) came(Rule::resync, 2);
    for (int i = 0; i < 9; ++i) came(Rule::key_mismatch, 1);
    EXPECT_NE(give_verdict(facts).kind, "loops");
}

TEST_F(JourneyB, EveryRuleHasAVerdictAndANextStep) {
    for (int rule = 0; rule <= static_cast<int>(Rule::stage_without_secrets); ++rule) {
        facts.contacts.clear();
        came(static_cast<Rule>(rule), 60);
        const auto verdict = give_verdict(facts);
        EXPECT_FALSE(verdict.kind.empty() || verdict.says.empty() || verdict.next.empty()) << rule;
    }
}

TEST(HandshakeLog, CountsByAddressWithinABound) {
    HandshakeLog log;
    const auto now = from_rfc3339("2026-11-23T12:00:00Z").value();
    log.note("192.0.2.1", {HandshakeTrouble::Kind::alert, 48, 0x0303}, now);
    log.note("192.0.2.1", {HandshakeTrouble::Kind::version, 0, 0x0301}, now + std::chrono::seconds(5));
    ASSERT_TRUE(log.find("192.0.2.1"));
    EXPECT_EQ(log.find("192.0.2.1")->count, 2u);
    EXPECT_EQ(log.find("192.0.2.1")->last.version, 0x0301);
    EXPECT_FALSE(log.find("192.0.2.2"));
    log.note("192.0.2.1", {}, now + std::chrono::hours(48));
    EXPECT_EQ(log.find("192.0.2.1")->count, 1u) << "a day of quiet begins anew";
    for (std::size_t i = 0; i < HandshakeLog::most_addresses; ++i)
        log.note("2001:db8::" + std::to_string(i), {}, now);
    EXPECT_FALSE(log.find("192.0.2.1"));
    EXPECT_TRUE(log.find("2001:db8::9"));
    EXPECT_EQ(tls_version_text(0x0302), "TLS 1.1");
    EXPECT_EQ(alert_text(77), "alert 77");
}

}  // namespace
}  // namespace provost
