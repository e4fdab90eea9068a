// What a phone still knows after a file: the vendors' rules for omitted and empty parameters.
#include "sim/phone_memory.h"

#include "crypto/digest.h"
#include "sim_testing.h"

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr const char* password = "k7Wq9ZpXfR3tYv2mNb8sHd4gJc6eLa5u";

class EveryVendor : public ::testing::TestWithParam<std::string> {
 protected:
    bool boot(const Values& values, bool overwrite = false) {
        return testing::boot(memory_, maker_, values, overwrite);
    }
    [[nodiscard]] const AccountNames& names() const { return *maker_.spec.account(1); }

    const PhoneMaker& maker_ = maker(GetParam());
    PhoneMemory memory_{maker_};
};

TEST_P(EveryVendor, R_G4_RegistersOnceItHoldsUserRegistrarAndPassword) {
    EXPECT_FALSE(memory_.would_register(1));
    EXPECT_FALSE(boot(account_values(maker_, "")));
    EXPECT_FALSE(memory_.would_register(1));
    EXPECT_TRUE(boot(account_values(maker_, password)));
    EXPECT_TRUE(memory_.would_register(1));
    EXPECT_FALSE(memory_.would_register(2));
}

TEST_P(EveryVendor, R_G4_MissesEachPartOfAnAccount) {
    for (const auto& [missing, value] : account_values(maker_, password)) {
        const auto is = [&](const std::vector<std::string>& spare) {
            return !spare.empty() && missing == expand(spare.front(), {.line = 1});
        };
        const bool optional = is(names().auth_user) || (names().user.size() > 1 && is(names().user));
        Values rest = account_values(maker_, password);
        rest.erase(missing);
        PhoneMemory fresh(maker_);
        testing::boot(fresh, maker_, rest);
        EXPECT_EQ(fresh.would_register(1), optional) << missing;
    }
}

TEST_P(EveryVendor, R_B1_AnOmittedPasswordIsKeptOrLostAsTheVendorFileSays) {
    boot(account_values(maker_, password));
    boot(account_values(maker_, ""));
    EXPECT_EQ(memory_.would_register(1), maker_.output.absent == AbsentMeans::kept);
}

TEST_P(EveryVendor, R_B1_AnEmptyPasswordIsLostUnlessTheVendorKeepsIt) {
    boot(account_values(maker_, password));
    Values empty = account_values(maker_, password);
    empty[expand(names().password.front(), {.line = 1})] = "";
    boot(empty);
    EXPECT_EQ(memory_.would_register(1), maker_.output.empty == EmptyMeans::kept);
}

TEST_P(EveryVendor, R_B5_RemembersDigestsOnly) {
    boot(account_values(maker_, password));
    const auto account = memory_.account(1);
    ASSERT_TRUE(account);
    const Secret secret = Secret::copy_of(password);
    if (names().password_is_ha1) {
        EXPECT_EQ(account->ha1_md5, "k7wq9zpxfr3tyv2mnb8shd4gjc6ela5u") << "as it came, in small letters";
        EXPECT_EQ(account->password_sha256 + account->ha1_sha256, "");
    } else {
        EXPECT_EQ(account->password_sha256, to_hex(sha256(password)));
        EXPECT_EQ(account->ha1_md5, ha1_md5("auth2001", "sip.example", secret));
        EXPECT_EQ(account->ha1_sha256, ha1_sha256("auth2001", "sip.example", secret));
    }
    EXPECT_EQ(memory_.format().find(password), std::string::npos);
}

TEST_P(EveryVendor, R_G4_LivesOnAcrossRuns) {
    boot(account_values(maker_, password));
    const PhoneMemory again = must(PhoneMemory::parse(memory_.format(), maker_));
    EXPECT_EQ(again.format(), memory_.format());
    ASSERT_TRUE(again.account(1));
    EXPECT_EQ(again.account(1)->ha1_sha256, memory_.account(1)->ha1_sha256);
}

TEST_P(EveryVendor, R_G4_AFactoryResetForgetsEverything) {
    boot(account_values(maker_, password));
    memory_.factory_reset();
    EXPECT_EQ(memory_.size(), 0U);
    EXPECT_FALSE(memory_.would_register(1));
}

TEST_P(EveryVendor, R_G4_ABootWithoutFilesChangesNothing) {
    boot(account_values(maker_, password));
    const std::string before = memory_.format();
    BootFiles none{.files = {}, .overwrite = true};  // and no answer with a settings file
    EXPECT_FALSE(memory_.apply(none));
    EXPECT_EQ(memory_.format(), before);
}

TEST_P(EveryVendor, R_G4_ReadsWhatTheServersSyntaxWrites) {
    const std::string bytes = as_file(maker_, account_values(maker_, password));
    BootFiles files;
    const Status read = memory_.read("own", bytes, files);
    ASSERT_TRUE(read) << read.error().text();
    memory_.apply(files);
    EXPECT_TRUE(memory_.would_register(1));
    for (const TakenParameter& parameter : files.files.front())
        EXPECT_EQ(parameter.value.find(password), std::string::npos) << "not wiped";
}

INSTANTIATE_TEST_SUITE_P(PhoneMemory, EveryVendor, ::testing::ValuesIn(account_vendors()),
                         [](const auto& given) { return test_name(given); });

TEST(PhoneMemory, R_B1_AnOverwritingBootErasesWhatItsFilesOmitButForWhatSurvives) {
    const PhoneMaker& overwriter = maker("yealink");
    PhoneMemory memory(overwriter);
    Values values = account_values(overwriter, password);
    values["static.network.vpn_enable"] = "1";
    boot(memory, overwriter, values);
    boot(memory, overwriter, account_values(overwriter, ""), true);
    EXPECT_FALSE(memory.would_register(1));
    EXPECT_NE(memory.find("account.1.user_name"), nullptr);
    EXPECT_NE(memory.find("static.network.vpn_enable"), nullptr);
}

TEST(PhoneMemory, R_G4_TheResetValueBringsBackTheFactoryValue) {
    const PhoneMaker& maker_with_reset = maker("yealink");
    PhoneMemory memory(maker_with_reset);
    boot(memory, maker_with_reset, account_values(maker_with_reset, password));
    EXPECT_FALSE(boot(memory, maker_with_reset, {{"account.1.user_name", "%NULL%"}}));
    EXPECT_EQ(memory.find("account.1.user_name"), nullptr);
    EXPECT_FALSE(memory.would_register(1));
}

TEST(PhoneMemory, R_B1_DeviceParametersOutliveTheFilesThatOmitThem) {
    const PhoneMaker& forgetful = maker("poly");
    PhoneMemory memory(forgetful);
    boot(memory, forgetful,
         {{"device.prov.serverName", "prov.example"},
          {"device.prov.serverName.set", "1"},
          {"tone.chord.1", "x"}});
    boot(memory, forgetful, {{"reg.1.address", "2001"}});
    EXPECT_NE(memory.find("device.prov.serverName"), nullptr);
    EXPECT_EQ(memory.find("tone.chord.1"), nullptr);
}

TEST(PhoneMemory, R_G4_ElementsOfOneNameAreToldApartByTheirIndex) {
    const PhoneMaker& indexed = maker("snom");
    PhoneMemory memory(indexed);
    boot(memory, indexed, {{"user_name[idx=1]", "a"}, {"user_name[idx=2]", "b"}});
    ASSERT_NE(memory.find("user_name[idx=2]"), nullptr);
    EXPECT_EQ(*memory.find("user_name[idx=2]"), "b");
}

TEST(PhoneMemory, R_G4_HostileValuesComeBackFromDiskAsTheyWere) {
    const PhoneMaker& any = maker("poly");
    PhoneMemory memory(any);
    const std::string hostile("a\tb\nc%0a\r\x7f\x01 \xc3\xa9", 14);
    boot(memory, any, {{"reg.1.displayName", hostile}});
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
    boot(memory, any, account_values(any, password));
    EXPECT_EQ(memory.account(1)->ha1_md5, ha1_md5("auth2001", "realm.example", Secret::copy_of(password)));
}

}  // namespace

}  // namespace provost::sim::testing
