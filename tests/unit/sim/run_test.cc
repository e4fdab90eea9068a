// The simulator from end to end, against a small server in this process.
#include "sim/run.h"

#include "crypto/digest.h"
#include "sim/files.h"
#include "sim_testing.h"
#include "toy_door.h"

#include <algorithm>

#include <gtest/gtest.h>
#include <sys/stat.h>

namespace provost::sim::testing {

namespace {

const std::vector<std::string> four_vendors = {"cisco-mpp", "poly", "snom", "yealink"};

class Run : public ::testing::Test {
 protected:
    Run() {
        PkiOrder order;
        order.folder = folder_.path();
        order.makers = makers_;
        order.phones = 12;
        order.now = SystemClock().now();
        if (const Status made = make_pki(order, {}); !made) throw std::runtime_error(made.error().text());
    }

    ToyDoor& open(ToyRules rules = {}) {
        door_ = std::make_unique<ToyDoor>(folder_.path(), makers_, rules);
        return *door_;
    }
    RunOrder order() {
        RunOrder order;
        order.url = door_ ? door_->url() : "https://127.0.0.1:1/";
        order.pki = folder_.path();
        order.makers = makers_;
        order.deadline = std::chrono::seconds(20);
        return order;
    }
    std::vector<FaultTally> faults(const std::vector<std::string>& names) {
        std::vector<FaultOrder> orders;
        for (const std::string& name : names) orders.push_back(must(parse_fault_order(name)));
        return must(run_faults(order(), orders, {}));
    }

    Folder folder_;
    std::vector<PhoneMaker> makers_ = makers(four_vendors);
    std::unique_ptr<ToyDoor> door_;
};

TEST_F(Run, R_G4_PhonesOfEveryVendorBootAndWouldRegister) {
    ToyDoor& door = open();
    std::size_t told = 0;
    const RunReport report = must(run_boots(order(), [&](std::size_t done, std::size_t) { told = done; }));
    EXPECT_EQ(told, 12U);
    ASSERT_EQ(report.vendors.size(), 4U);
    for (const auto& [vendor, tally] : report.vendors) {
        EXPECT_EQ(tally.with_secret, 3U) << vendor;
        EXPECT_EQ(tally.would_register, 3U) << vendor;
        EXPECT_EQ(tally.as_expected, 3U) << vendor;
    }
    for (const PhoneOutcome& phone : report.phones) {
        ASSERT_EQ(phone.accounts.size(), 1U) << (phone.oddities.empty() ? "" : phone.oddities.front());
        EXPECT_EQ(phone.accounts[0].password_sha256, to_hex(sha256(door.password_of(phone.mac))));
    }
}

TEST_F(Run, R_B1_AfterThePurgeOnlyPhonesThatKeepWhatAFileOmitsWouldRegister) {
    ToyDoor& door = open({.once = true});
    must(run_boots(order(), {}));
    door.set({.once = true});
    const RunReport later = must(run_boots(order(), {}));
    for (const auto& [vendor, tally] : later.vendors) {
        const bool keeps = maker(vendor).output.absent == AbsentMeans::kept;
        EXPECT_EQ(tally.without_secret, 3U) << vendor;
        EXPECT_EQ(tally.would_register, keeps ? 3U : 0U) << vendor;
    }
}

TEST_F(Run, R_B1_AServedBootFileCostsThePasswordAndIsAnOddity) {
    open();
    must(run_boots(order(), {}));
    door_->set({.serves_boot_files = true, .always_empty_handed = true});
    const RunReport later = must(run_boots(order(), {}));
    EXPECT_EQ(later.vendors.at("yealink").would_register, 0U);
    EXPECT_EQ(later.vendors.at("yealink").as_expected, 0U);
    EXPECT_EQ(later.vendors.at("snom").would_register, 3U);
}

TEST_F(Run, R_B5_StateHoldsNoPasswordAndIsTheOwnersOnly) {
    ToyDoor& door = open();
    must(run_boots(order(), {}));
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path() / "state")) {
        if (!entry.is_regular_file()) continue;
        ++files;
        struct stat facts {};
        ASSERT_EQ(::stat(entry.path().c_str(), &facts), 0);
        EXPECT_EQ(facts.st_mode & 0777, 0600);
        const std::string text = must(read_file(entry.path()));
        const MacAddress mac = *MacAddress::parse(entry.path().filename().string());
        EXPECT_EQ(text.find(door.password_of(mac)), std::string::npos);
    }
    EXPECT_EQ(files, 12U);
}

TEST_F(Run, R_G4_BootsComeInTheVendorsOrder) {
    ToyDoor& door = open();
    RunOrder one = order();
    one.makers = makers({"yealink"});
    one.phones = 1;
    one.boots = 2;
    must(run_boots(one, {}));
    std::vector<std::string> once = {"805ec0000001.boot 404", "y000000000000.boot 404",
                                     "y000000000096.cfg 404", "805ec0000001.cfg 200"};
    const std::string mac = MacAddress(std::uint64_t{maker("yealink").mac_prefix} << 24 | 1).lower();
    for (std::string& line : once) {
        if (line.starts_with("805ec0000001")) line.replace(0, 12, mac);
        line = "127.0.0.1 GET " + line;
    }
    std::vector<std::string> twice = once;
    twice.insert(twice.end(), once.begin(), once.end());
    EXPECT_EQ(door.log(), twice);
}

TEST_F(Run, R_G4_EveryFaultHoldsAgainstAGoodServer) {
    open();
    std::vector<std::string> names;
    for (const Fault& fault : all_faults()) names.emplace_back(fault.name);
    const auto tallies = faults(names);
    EXPECT_EQ(tallies.size(), names.size() * four_vendors.size());
    for (const FaultTally& tally : tallies) {
        EXPECT_EQ(tally.held, tally.phones) << tally.fault << " " << tally.vendor << " "
                                            << (tally.deviations.empty() ? "" : tally.deviations.front());
    }
}

TEST_F(Run, R_A1_WhetherAnExpiredCertificateIsServedIsTheVendorFilesAndThePolicysWord) {
    open();
    for (const FaultTally& tally : faults({"expired"})) {
        const bool tolerated = maker(tally.vendor).takes_expired;
        EXPECT_EQ(tally.expectation, tolerated ? Expectation::by_policy : Expectation::refused);
    }
}

TEST_F(Run, R_G4_ALaxServerIsFoundOut) {
    open({.lax = true});
    for (const FaultTally& tally :
         faults({"no-certificate", "unknown-ca", "self-signed", "nul-in-name", "other-key", "clone"})) {
        EXPECT_EQ(tally.held, 0U) << tally.fault << " " << tally.vendor;
        EXPECT_EQ(tally.deviations.size(), tally.phones);
    }
}

TEST_F(Run, R_C5_RefusalsThatDifferAreFoundOut) {
    open({.telling = true});
    for (const FaultTally& tally : faults({"no-certificate", "other-device-url"}))
        EXPECT_EQ(tally.held, 0U) << tally.fault;
}

TEST_F(Run, R_G4_AServerThatIsNotThereIsNoSuccess) {
    const RunReport report = must(run_boots(order(), {}));
    EXPECT_EQ(report.total().unanswered, 12U);
    EXPECT_EQ(report.total().as_expected, 0U);
    for (const FaultTally& tally : faults({"no-certificate", "tls10"}))
        EXPECT_EQ(tally.held, 0U) << tally.fault;
}

TEST_F(Run, R_G4_OnlyThisMachineIsCalled) {
    RunOrder away = order();
    for (const char* const url : {"https://192.0.2.1:8443/", "https://[2001:db8::1]/", "http://localhost/"}) {
        away.url = url;
        EXPECT_EQ(run_boots(away, {}).error().code, "P-9003") << url;
    }
}

TEST_F(Run, R_G4_NoPhonesIsAnError) {
    open();
    RunOrder nobody = order();
    nobody.makers.clear();
    EXPECT_EQ(run_boots(nobody, {}).error().code, "P-9010");
}

TEST_F(Run, R_G4_ManyPhonesShareFewSlots) {
    open();
    RunOrder narrow = order();
    narrow.concurrency = 2;
    narrow.boots = 2;
    EXPECT_EQ(must(run_boots(narrow, {})).total().as_expected, 12U);
}

TEST(TargetUrl, R_G4_HostPortAndPrefix) {
    const Target plain = must(parse_target("https://127.0.0.1:8443"));
    EXPECT_EQ(plain.prefix, "/");
    EXPECT_EQ(plain.authority, "127.0.0.1:8443");
    EXPECT_TRUE(plain.loopback);
    const Target deep = must(parse_target("https://[::1]:9/a/b"));
    EXPECT_EQ(deep.host, "::1");
    EXPECT_EQ(deep.prefix, "/a/b/");
    EXPECT_TRUE(deep.loopback);
    for (const char* const bad : {"", "https://", "https://:1/", "https://localhost:port/"})
        EXPECT_FALSE(parse_target(bad)) << bad;
}

}  // namespace

}  // namespace provost::sim::testing
