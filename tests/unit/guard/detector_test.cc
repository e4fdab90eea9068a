// What is an attack and what is not.
#include "guard/detector.h"

#include "guard_testing.h"

namespace provost {
namespace {

using namespace guard_testing;

class DetectorTest : public testing::Test {
 protected:
    DetectorTest() : detector_(settings()), gate_(GateSettings{seed, {}, default_limits(), 4096}) {}
    static DetectorSettings settings() {
        DetectorSettings settings;
        settings.seed = seed;
        return settings;
    }

    Sighting stranger(const IpAddress& from, std::optional<MacAddress> tried, double when,
                      Rule rule = Rule::no_certificate) {
        Sighting one;
        one.source = gate_.meet(from);
        one.at = at(when);
        one.rule = rule;
        one.tried = tried;
        one.source_known = gate_.knows(one.source, one.at);
        return one;
    }
    Sighting genuine(const IpAddress& from, MacAddress device, double when, Rule rule = Rule::resync) {
        auto one = stranger(from, device, when, rule);
        one.proved = device;
        if (rule == Rule::resync) gate_.note_proof(one.source, one.at);
        return one;
    }
    // Findings so far, by name.
    void see(const Sighting& one) {
        for (auto& finding : detector_.see(one)) {
            bans_ += finding.bans ? 1 : 0;
            last_ = finding;
            ++names_[std::string(traits_of(finding.suspicion).name)];
        }
    }
    int found(const std::string& name) { return names_[name]; }

    Detector detector_;
    Gate gate_;
    std::map<std::string, int> names_;
    Finding last_;
    int bans_ = 0;
};

TEST_F(DetectorTest, R_C5_ASequenceOfMacsIsCutOffWithinFiftyTries) {
    int tries = 0;
    for (; bans_ == 0 && tries < 50; ++tries) see(stranger(ip("192.0.2.7"), mac(tries), tries));
    EXPECT_EQ(tries, 12);
    EXPECT_EQ(found("mac-sequence"), 1);
    EXPECT_EQ(last_.network->text(), "192.0.2.7/32");
    EXPECT_NE(last_.evidence.find("00156500000b"), std::string::npos) << last_.evidence;
}

TEST_F(DetectorTest, R_C5_ASweepInRandomOrderIsCutOffWithinFiftyTries) {
    int tries = 0;
    for (std::uint64_t x = 1; bans_ == 0 && tries < 50; ++tries)
        see(stranger(ip("2001:db8::" + std::to_string(tries)), mac((x = x * 69069 + 1) & 0xffffff),
                     tries * 60.0));
    EXPECT_EQ(tries, 30);
    EXPECT_EQ(found("mac-sweep"), 1);
    EXPECT_EQ(last_.network->text(), "2001:db8::/64");
}

TEST_F(DetectorTest, R_C5_ANetworkThatSweepsTogetherIsFound) {
    std::uint64_t x = 1;
    for (int i = 0; i < 100 && bans_ == 0; ++i)
        see(stranger(ip(static_cast<std::uint32_t>(i % 50)), mac((x = x * 69069 + 1) & 0xffffff), i));
    EXPECT_EQ(found("network-sweep"), 1);
    EXPECT_EQ(last_.network->text(), "10.0.0.0/24");
}

// One try a minute, from 500 sources in turn: each of them tries once in more than eight hours.
TEST_F(DetectorTest, R_C5_ASlowDistributedScanIsReportedWithinTheHour) {
    std::uint64_t x = 1;
    int minute = 0;
    for (; minute < 60 && found("prefix-scan") == 0; ++minute)
        see(stranger(ip(static_cast<std::uint32_t>(minute % 500) * 65536),
                     mac((x = x * 69069 + 1) & 0xffffff), minute * 60.0));
    EXPECT_EQ(found("prefix-scan"), 1);
    EXPECT_LT(minute, 60);
    EXPECT_NE(last_.evidence.find("prefix 001565"), std::string::npos) << last_.evidence;
    EXPECT_EQ(bans_, 0);
}

// ... or each of the 500 tries once a minute.
TEST_F(DetectorTest, R_C5_ADistributedScanAtOneTryAMinuteEachIsReported) {
    std::uint64_t x = 1;
    for (int second = 0; second < 600; ++second)
        see(stranger(ip(static_cast<std::uint32_t>(second % 500) * 65536),
                     mac((x = x * 69069 + 1) & 0xffffff), second / 8.0));
    EXPECT_EQ(found("prefix-scan"), 1);
}

// Four tries an hour, far below the hourly limit.
TEST_F(DetectorTest, R_C5_AScanOverDaysIsReported) {
    std::uint64_t x = 1;
    for (int i = 0; i < 4 * 48; ++i)
        see(stranger(ip(static_cast<std::uint32_t>(i) * 65536), mac((x = x * 69069 + 1) & 0xffffff),
                     i * 900.0));
    EXPECT_GE(found("prefix-scan"), 1);
}

TEST_F(DetectorTest, R_C5_ATenantsDevicesTriedFromManyPlacesAreReported) {
    for (int i = 0; i < 20; ++i) {
        auto one = stranger(ip(static_cast<std::uint32_t>(i) * 65536), mac(7919 * i, 0x1000 + i), i * 60.0);
        one.tenant = 5;
        see(one);
    }
    EXPECT_EQ(found("tenant-scan"), 1);
    EXPECT_EQ(last_.tenant, 5);
}

TEST_F(DetectorTest, R_C5_FiveHundredGenuinePhonesWithFiveBrokenOnesAreNeverBanned) {
    const auto nat = ip("203.0.113.7");
    for (int day = 0; day < 7; ++day)
        for (int i = 0; i < 500; ++i) {
            const auto now = day * 86400.0 + i * 100;
            see(i % 100 == 0 ? stranger(nat, mac(i), now) : genuine(nat, mac(i), now));
            if (i % 100 == 0)  // a broken one tries again and again
                for (int k = 0; k < 50; ++k) see(stranger(nat, mac(i), now + k));
        }
    EXPECT_EQ(bans_, 0);
    EXPECT_TRUE(names_.empty());
    EXPECT_EQ(gate_.connects(gate_.meet(nat), at(7 * 86400)), std::nullopt);
}

TEST_F(DetectorTest, R_C5_PhonesThatMayNotHaveTheirFileYetAreNoAttack) {
    for (const auto rule :
         {Rule::device_unknown, Rule::device_not_armed, Rule::window_passed, Rule::rating_too_low,
          Rule::repeats_exhausted, Rule::vendor_not_served, Rule::configuration_invalid, Rule::overloaded})
        for (int i = 0; i < 200; ++i) see(genuine(ip("203.0.113.7"), mac(i), i, rule));
    EXPECT_TRUE(names_.empty());
}

// At a door for passwords every phone is asked first and proves itself then.
TEST_F(DetectorTest, R_C5_PhonesThatAreAskedForAPasswordFirstAreNoAttack) {
    for (int i = 0; i < 500; ++i) {
        see(stranger(ip("203.0.113.7"), mac(i), i, Rule::challenged));
        see(genuine(ip("203.0.113.7"), mac(i), i));
    }
    EXPECT_TRUE(names_.empty());
}

TEST_F(DetectorTest, R_C5_AKnownSourceIsReportedButNotBanned) {
    see(genuine(ip("203.0.113.7"), mac(1), 0));
    for (int i = 0; i < 40; ++i) see(stranger(ip("203.0.113.7"), mac(1000 + i), i));
    EXPECT_GE(found("mac-sequence"), 1);
    EXPECT_EQ(bans_, 0);
}

TEST_F(DetectorTest, R_C5_ADeviceThatAsksForOthersFilesIsFound) {
    for (int i = 0; i < 40; ++i) {
        auto one = stranger(ip("192.0.2.7"), mac(1000 + i), i, Rule::claim_mismatch);
        one.proved = mac(1);
        see(one);
    }
    EXPECT_GE(found("mac-sequence"), 1);
    EXPECT_GE(bans_, 1);
}

TEST_F(DetectorTest, R_C5_OneMacFromManySourcesIsReported) {
    for (int i = 0; i < 10; ++i) see(stranger(ip(static_cast<std::uint32_t>(i) * 65536), mac(7), i * 600.0));
    EXPECT_EQ(found("mac-from-many-sources"), 1);
    EXPECT_EQ(last_.device, mac(7));
}

TEST_F(DetectorTest, R_C5_CertificatesAndKeysTell) {
    struct Row {
        Rule rule;
        int times;
        const char* name;
        bool bans;
    };
    const Row rows[] = {{Rule::certificate_malformed, 3, "forged-certificates", true},
                        {Rule::vendor_prefix_mismatch, 3, "forged-certificates", true},
                        {Rule::certificate_generic, 10, "generic-certificates", false},
                        {Rule::credential_refused, 8, "credential-guessing", true}};
    std::uint32_t place = 1;
    for (const auto& row : rows) {
        names_.clear();
        bans_ = 0;
        place += 65536;
        for (int i = 1; i <= row.times; ++i) {
            EXPECT_EQ(found(row.name), 0) << row.name << i;
            auto one = stranger(ip(place), std::nullopt, i, row.rule);
            one.shown = scatter(seed, static_cast<std::uint64_t>(i));
            see(one);
        }
        EXPECT_EQ(found(row.name), 1) << row.name;
        EXPECT_EQ(bans_, row.bans ? 1 : 0) << row.name;
    }
}

// A phone whose password is no longer right tries the same one for ever.
TEST_F(DetectorTest, R_C5_TheSameWrongPasswordIsNoGuess) {
    for (int i = 0; i < 1000; ++i) {
        auto one = stranger(ip("192.0.2.7"), std::nullopt, i * 60, Rule::credential_refused);
        one.shown = 77;
        see(one);
    }
    EXPECT_TRUE(names_.empty());
}

TEST_F(DetectorTest, R_C5_PinMismatchesAndClonesAreReportedOnceADay) {
    for (int i = 0; i < 5; ++i) {
        see(genuine(ip("192.0.2.7"), mac(1), i, Rule::key_mismatch));
        auto one = genuine(ip("192.0.2.8"), mac(2), i);
        one.clone = true;
        see(one);
    }
    EXPECT_EQ(found("pin-mismatch"), 1);
    EXPECT_EQ(found("clone"), 1);
    see(genuine(ip("192.0.2.7"), mac(1), 25 * 3600, Rule::key_mismatch));
    EXPECT_EQ(found("pin-mismatch"), 2);
    EXPECT_EQ(bans_, 0);
}

TEST_F(DetectorTest, R_C5_ProbingOfPathsIsFound) {
    for (int i = 0; i < 20; ++i) {
        auto one = stranger(ip("192.0.2.7"), std::nullopt, i);
        one.path = scatter(seed, static_cast<std::uint64_t>(i));
        see(one);
    }
    EXPECT_EQ(found("path-probing"), 1);
    EXPECT_EQ(bans_, 1);
}

TEST_F(DetectorTest, R_C5_WhoGoesOnAfterABanIsFoundAgain) {
    for (int i = 0; i < 200; ++i) see(stranger(ip("192.0.2.7"), mac(i), i));
    EXPECT_GE(bans_, 10);
}

TEST_F(DetectorTest, R_C5_TheAllowListAndDryRunsBanNobody) {
    auto dry = settings();
    for (auto& one : dry.suspicions) one.dry_run = true;
    Detector detector(dry);
    int findings = 0, bans = 0;
    for (int i = 0; i < 40; ++i)
        for (const auto& finding : detector.see(stranger(ip("192.0.2.7"), mac(i), i)))
            ++findings, bans += finding.bans ? 1 : 0;
    EXPECT_GE(findings, 1);
    EXPECT_EQ(bans, 0);
    for (int i = 0; i < 40; ++i) {
        auto one = stranger(ip("192.0.2.8"), mac(i), i);
        one.source.allowed = true;
        see(one);
    }
    EXPECT_TRUE(names_.empty());
}

TEST_F(DetectorTest, R_C4_AMillionAttackersCostAFixedAmountOfMemoryAndHideNobody) {
    const auto before = detector_.bytes();
    EXPECT_LT(before, 24U << 20U);
    int tries = 0;
    for (std::uint32_t i = 0; i < 1'000'000; ++i) {
        if (i % 20'000 == 0 && found("mac-sequence") == 0)
            see(stranger(ip("203.0.113.7"), mac(1000 + tries++, 0x0004f2), i * 0.01));
        see(stranger(ip(i * 16), mac((i * 2654435761U) & 0xffffff, i % 4096), i * 0.01));
    }
    EXPECT_EQ(detector_.bytes(), before);
    EXPECT_LE(tries, 50);
    EXPECT_GE(found("mac-sequence"), 1);
}

}  // namespace
}  // namespace provost
