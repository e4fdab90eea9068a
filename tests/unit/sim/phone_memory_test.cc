// What a phone still knows after a file: the vendors' rules for omitted and empty parameters.
#include "sim/phone_memory.h"

#include "crypto/digest.h"
#include "sim_testing.h"

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr const char* password = "k7Wq9ZpXfR3tYv2mNb8sHd4gJc6eLa5u";

bool boot(PhoneMemory& memory, const Values& values, bool overwrite = false) {
    BootFiles files;
    files.files.push_back(as_parsed(values));
    files.overwrite = overwrite;
    return memory.apply(files);
}

std::string password_name(const PhoneMaker& maker) {
    return expand(maker.spec.account.password.front(), {.line = 1});
}

class EveryVendor : public ::testing::TestWithParam<const char*> {
 protected:
    const PhoneMaker& maker_ = maker(GetParam());
    PhoneMemory memory_{maker_};
};

TEST_P(EveryVendor, R_G4_RegistersOnceItHoldsUserRegistrarAndPassword) {
    EXPECT_FALSE(memory_.would_register(1));
    EXPECT_FALSE(boot(memory_, account_values(maker_, "")));
    EXPECT_FALSE(memory_.would_register(1));
    EXPECT_TRUE(boot(memory_, account_values(maker_, password)));
    EXPECT_TRUE(memory_.would_register(1));
    EXPECT_FALSE(memory_.would_register(2));
}

TEST_P(EveryVendor, R_G4_MissesEachPartOfAnAccount) {
    for (const auto& [missing, value] : account_values(maker_, password)) {
        const bool optional = missing == expand(maker_.spec.account.auth_user.front(), {.line = 1});
        Values rest = account_values(maker_, password);
        rest.erase(missing);
        PhoneMemory fresh(maker_);
        boot(fresh, rest);
        EXPECT_EQ(fresh.would_register(1), optional) << missing;
    }
}

TEST_P(EveryVendor, R_B1_AnOmittedPasswordIsKeptOrLostAsTheVendorFileSays) {
    boot(memory_, account_values(maker_, password));
    boot(memory_, account_values(maker_, ""));
    EXPECT_EQ(memory_.would_register(1), maker_.output.absent == AbsentMeans::kept);
}

TEST_P(EveryVendor, R_B1_AnEmptyPasswordIsLostUnlessTheVendorKeepsIt) {
    boot(memory_, account_values(maker_, password));
    Values empty = account_values(maker_, password);
    empty[password_name(maker_)] = "";
    boot(memory_, empty);
    EXPECT_EQ(memory_.would_register(1), maker_.output.empty == EmptyMeans::kept);
}

TEST_P(EveryVendor, R_B5_RemembersDigestsOnly) {
    boot(memory_, account_values(maker_, password));
    const auto account = memory_.account(1);
    ASSERT_TRUE(account);
    const Secret secret = Secret::copy_of(password);
    EXPECT_EQ(account->password_sha256, to_hex(sha256(password)));
    EXPECT_EQ(account->ha1_md5, ha1_md5("auth2001", "sip.example", secret));
    EXPECT_EQ(account->ha1_sha256, ha1_sha256("auth2001", "sip.example", secret));
    EXPECT_EQ(memory_.format().find(password), std::string::npos);
}

TEST_P(EveryVendor, R_G4_LivesOnAcrossRuns) {
    boot(memory_, account_values(maker_, password));
    const PhoneMemory again = must(PhoneMemory::parse(memory_.format(), maker_));
    EXPECT_EQ(again.format(), memory_.format());
    ASSERT_TRUE(again.account(1));
    EXPECT_EQ(again.account(1)->ha1_sha256, memory_.account(1)->ha1_sha256);
}

TEST_P(EveryVendor, R_G4_AFactoryResetForgetsEverything) {
    boot(memory_, account_values(maker_, password));
    memory_.factory_reset();
    EXPECT_EQ(memory_.size(), 0U);
    EXPECT_FALSE(memory_.would_register(1));
}

TEST_P(EveryVendor, R_G4_ABootWithoutFilesChangesNothing) {
    boot(memory_, account_values(maker_, password));
    const std::string before = memory_.format();
    BootFiles none{.files = {}, .overwrite = true};
    EXPECT_FALSE(memory_.apply(none));
    EXPECT_EQ(memory_.format(), before);
}

TEST_P(EveryVendor, R_G4_ReadsWhatTheServersSyntaxWrites) {
    const auto parsed = maker_.syntax->parse(as_file(maker_, account_values(maker_, password)));
    ASSERT_TRUE(parsed) << parsed.error().text();
    BootFiles files{.files = {*parsed}};
    memory_.apply(files);
    EXPECT_TRUE(memory_.would_register(1));
    for (const ParsedParameter& parameter : files.files.front())
        EXPECT_EQ(parameter.value.find(password), std::string::npos) << "not wiped";
}

INSTANTIATE_TEST_SUITE_P(PhoneMemory, EveryVendor, ::testing::Values("yealink", "snom", "poly", "cisco-mpp"),
                         [](const auto& info) {
                             std::string name = info.param;
                             return name.substr(0, name.find('-'));
                         });

TEST(PhoneMemory, R_B1_AnOverwritingBootErasesWhatItsFilesOmitButForWhatSurvives) {
    const PhoneMaker& overwriter = maker("yealink");
    PhoneMemory memory(overwriter);
    Values values = account_values(overwriter, password);
    values["static.network.vpn_enable"] = "1";
    boot(memory, values);
    boot(memory, account_values(overwriter, ""), true);
    EXPECT_FALSE(memory.would_register(1));
    EXPECT_NE(memory.find("account.1.user_name"), nullptr);
    EXPECT_NE(memory.find("static.network.vpn_enable"), nullptr);
}

TEST(PhoneMemory, R_G4_TheResetValueBringsBackTheFactoryValue) {
    const PhoneMaker& maker_with_reset = maker("yealink");
    PhoneMemory memory(maker_with_reset);
    boot(memory, account_values(maker_with_reset, password));
    EXPECT_FALSE(boot(memory, {{"account.1.user_name", "%NULL%"}}));
    EXPECT_EQ(memory.find("account.1.user_name"), nullptr);
    EXPECT_FALSE(memory.would_register(1));
}

TEST(PhoneMemory, R_B1_DeviceParametersOutliveTheFilesThatOmitThem) {
    const PhoneMaker& forgetful = maker("poly");
    PhoneMemory memory(forgetful);
    boot(memory, {{"device.prov.serverName", "prov.example"}, {"tone.chord.1", "x"}});
    boot(memory, {{"reg.1.address", "2001"}});
    EXPECT_NE(memory.find("device.prov.serverName"), nullptr);
    EXPECT_EQ(memory.find("tone.chord.1"), nullptr);
}

TEST(PhoneMemory, R_G4_ElementsOfOneNameAreToldApartByTheirIndex) {
    const PhoneMaker& indexed = maker("snom");
    PhoneMemory memory(indexed);
    boot(memory, {{"user_name[idx=1]", "a"}, {"user_name[idx=2]", "b"}});
    ASSERT_NE(memory.find("user_name[idx=2]"), nullptr);
    EXPECT_EQ(*memory.find("user_name[idx=2]"), "b");
}

TEST(PhoneMemory, R_G4_HostileValuesComeBackFromDiskAsTheyWere) {
    const PhoneMaker& any = maker("poly");
    PhoneMemory memory(any);
    const std::string hostile("a\tb\nc%0a\r\x7f\x01 \xc3\xa9", 14);
    boot(memory, {{"reg.1.displayName", hostile}});
    const PhoneMemory again = must(PhoneMemory::parse(memory.format(), any));
    ASSERT_NE(again.find("reg.1.displayName"), nullptr);
    EXPECT_EQ(*again.find("reg.1.displayName"), hostile);
}

TEST(PhoneMemory, R_G4_ADamagedFileIsAnError) {
    EXPECT_EQ(PhoneMemory::parse("one field only\n", maker("poly")).error().code, "P-9007");
    EXPECT_EQ(PhoneMemory::parse("a\tb%zz\n", maker("poly")).error().code, "P-9007");
}

TEST(PhoneMemory, R_B4_AGivenRealmGoesIntoTheDigests) {
    const PhoneMaker& any = maker("poly");
    PhoneMemory memory(any, "realm.example");
    boot(memory, account_values(any, password));
    EXPECT_EQ(memory.account(1)->ha1_md5, ha1_md5("auth2001", "realm.example", Secret::copy_of(password)));
}

}  // namespace

}  // namespace provost::sim::testing
