// How each vendor's phone takes a file, as its dossier tells it: what it passes over, drops, wipes or resets.
#include "sim_testing.h"

#include <gtest/gtest.h>

namespace provost::sim::testing {

namespace {

constexpr const char* password = "k7Wq9ZpXfR3tYv2mNb8sHd4gJc6eLa5u";
constexpr const char* other_password = "Zz9ZpXfR3tYv2mNb8sHd4gJc6eLa5uk7";

// A phone to which files come as bytes.
class Taker {
 public:
    explicit Taker(const std::string& vendor) : maker_(maker(vendor)), memory_(maker_) {}

    // A boot with one file; whether a password came with it.
    bool takes(const Values& values) { return takes_bytes(as_file(maker_, values)); }
    bool takes_bytes(const std::string& bytes) {
        BootFiles boot;
        read_ = memory_.read("own", bytes, boot).has_value();
        return memory_.apply(boot);
    }
    bool takes_account(const std::string& with) { return takes(account_values(maker_, with)); }

    [[nodiscard]] bool read() const { return read_; }
    [[nodiscard]] std::string value(const std::string& name) const {
        const std::string* const found = memory_.find(name);
        return found == nullptr ? "(factory)" : *found;
    }
    [[nodiscard]] bool registers(int line = 1) const { return memory_.would_register(line); }
    PhoneMemory& memory() { return memory_; }
    [[nodiscard]] Values account(const std::string& with) const { return account_values(maker_, with); }

 private:
    const PhoneMaker& maker_;
    PhoneMemory memory_;
    bool read_ = false;
};

Values with(Values values, const Values& more) {
    for (const auto& [name, value] : more) values[name] = value;
    return values;
}

// Source: wazo, tancredi ("MD5 skip").
TEST(Quirk, R_G4_AFileOfTheSameBytesIsPassedOverSoThatWhatWasSetAtThePhoneStays) {
    Taker phone("yealink");
    EXPECT_TRUE(phone.takes_account(password));
    phone.memory().set_by_hand("account.1.display_name", "mine");
    EXPECT_FALSE(phone.takes_account(password)) << "the same bytes again";
    EXPECT_EQ(phone.value("account.1.display_name"), "mine");
    EXPECT_TRUE(phone.takes(with(phone.account(password), {{"account.1.display_name", "ours"}})));
    EXPECT_EQ(phone.value("account.1.display_name"), "ours");
}

// Source: manualshive (C56), tancredi.
TEST(Quirk, R_B1_AFileIsTakenOnlyWhereItsVersionRises) {
    Taker phone("fanvil");
    const auto file = [&](const char* version, const char* secret) {
        return with(phone.account(secret), {{"Version", version}});
    };
    EXPECT_TRUE(phone.takes(file("2.0000000000", password)));
    EXPECT_FALSE(phone.takes(file("2.0000000000", other_password))) << "a new password never arrives";
    EXPECT_FALSE(phone.takes(file("1.9999999999", other_password)));
    EXPECT_TRUE(phone.takes(file("2.0000000001", other_password)));
}

TEST(Quirk, R_B1_ToldToGoByTheContentThePhoneTakesWhatDiffers) {
    Taker phone("fanvil");
    const auto file = [&](const char* secret) {
        return with(phone.account(secret), {{"Version", "2.0000000000"}, {"mt/AutoServerDigest", "1"}});
    };
    EXPECT_TRUE(phone.takes(file(password)));
    EXPECT_FALSE(phone.takes(file(password))) << "the same bytes again";
    EXPECT_TRUE(phone.takes(file(other_password)));
    EXPECT_TRUE(phone.registers());
}

// Source: VSP600 manual, page 54.
TEST(Quirk, R_B1_OneUnknownKeyCostsTheWholeModule) {
    Taker phone("vtech");
    phone.takes(with(phone.account(password),
                     {{"sip_account.1.no_such_key", "1"}, {"user_pref.language", "English"}}));
    EXPECT_FALSE(phone.registers()) << "the account was in the module";
    EXPECT_EQ(phone.value("user_pref.language"), "English");
    EXPECT_TRUE(
        phone.takes(with(phone.account(password), {{"web.no_such_key", "1"}, {"web.https_enable", "1"}})));
    EXPECT_TRUE(phone.registers());
    EXPECT_EQ(phone.value("web.https_enable"), "(factory)");
}

// Source: liblinphone's remote provisioning: the removal happens before the XML is parsed.
TEST(Quirk, R_B1_CredentialsAreGoneBeforeAnAnswerIsEvenRead) {
    for (const char* const broken : {"", "<html>", "<?xml version=\"1.0\""}) {
        Taker phone("linphone");
        EXPECT_TRUE(phone.takes_account(password));
        EXPECT_TRUE(phone.registers());
        EXPECT_FALSE(phone.takes_bytes(broken));
        EXPECT_FALSE(phone.read());
        EXPECT_FALSE(phone.registers()) << "'" << broken << "'";
        EXPECT_NE(phone.value("section[proxy_0]/entry[reg_proxy]"), "(factory)") << "all else stays";
    }
}

TEST(Quirk, R_B1_WhatADocumentOmitsStaysButForTheCredentials) {
    Taker phone("linphone");
    phone.takes(with(phone.account(password), {{"section[sip]/entry[default_proxy]", "0"}}));
    EXPECT_TRUE(phone.takes_account(other_password));
    EXPECT_EQ(phone.value("section[sip]/entry[default_proxy]"), "0");
    EXPECT_EQ(phone.memory().account(1)->ha1_md5, "zz9zpxfr3tyv2mnb8shd4gjc6ela5uk7");
}

// Source: SIP administrator's guide, configuration layers.
TEST(Quirk, R_D1_WhatWasSetAtThePhoneWinsUnlessTheServerMarksItsValue) {
    Taker phone("mitel");
    phone.takes({{"^sip line1 user name", "2001"}, {"!upnp manager", "0"}, {"tone set", "UK"}});
    phone.memory().set_by_hand("upnp manager", "1");
    phone.memory().set_by_hand("tone set", "US");
    phone.takes({{"^sip line1 user name", "2001"}, {"!upnp manager", "0"}, {"tone set", "UK"}});
    EXPECT_EQ(phone.value("upnp manager"), "0");
    EXPECT_EQ(phone.value("tone set"), "US");
}

TEST(Quirk, R_D2_APasswordThatIsNoNumberBecomesTheFactorysWithoutAWord) {
    Taker phone("mitel");
    phone.takes({{"!admin password", "4711"}, {"!user password", "4712"}});
    const std::string taken = phone.value("admin password");
    EXPECT_TRUE(taken.starts_with("sha256:"));
    phone.takes({{"!admin password", "letters"}, {"!user password", "letters"}});
    EXPECT_NE(phone.value("admin password"), taken);
    EXPECT_EQ(phone.value("user password"), "") << "none";
    Taker fresh("mitel");
    fresh.takes({{"!admin password", "22222"}});
    EXPECT_EQ(phone.value("admin password"), fresh.value("admin password"));
}

TEST(Quirk, R_B1_TheFetchedSetTakesThePlaceOfTheOneBefore) {
    Taker phone("mitel");
    phone.takes_account(password);
    phone.takes_account("");
    EXPECT_FALSE(phone.registers());
}

// Source: HDV and UT guides, standard format file.
TEST(Quirk, R_G4_AFileWithoutItsFirstLineIsPassedOver) {
    Taker phone("panasonic");
    std::string bytes = as_file(maker("panasonic"), phone.account(password));
    EXPECT_FALSE(phone.takes_bytes("\r\n" + bytes));
    EXPECT_TRUE(phone.read()) << "without a word";
    EXPECT_FALSE(phone.registers());
    EXPECT_TRUE(phone.takes_bytes(bytes));
    EXPECT_TRUE(phone.registers());
}

TEST(Quirk, R_D1_OnSomeFamiliesNothingBeatsWhatWasSetAtThePhone) {
    Taker phone("panasonic");
    phone.takes({{"HTTPD_PORTOPEN_AUTO", "N"}});
    phone.memory().set_by_hand("HTTPD_PORTOPEN_AUTO", "Y");
    phone.takes({{"HTTPD_PORTOPEN_AUTO", "N"}});
    EXPECT_EQ(phone.value("HTTPD_PORTOPEN_AUTO"), "Y");
    phone.memory().factory_reset();
    EXPECT_EQ(phone.value("HTTPD_PORTOPEN_AUTO"), "(factory)");
}

TEST(Quirk, R_G4_ALineThatIsTooLongIsIgnored) {
    Taker phone("panasonic");
    phone.takes({{"DISPLAY_NAME_1", "short"}});
    phone.takes({{"DISPLAY_NAME_1", std::string(530, 'x')}});
    EXPECT_EQ(phone.value("DISPLAY_NAME_1"), "short");
}

TEST(Quirk, R_G4_OfTwoFilesTheFirstCounts) {
    const PhoneMaker& standard_first = maker("panasonic");
    PhoneMemory memory(standard_first);
    BootFiles boot;
    for (const char* const value : {"standard", "product"})
        ASSERT_TRUE(memory.read(value, as_file(standard_first, {{"DISPLAY_NAME_1", value}}), boot));
    memory.apply(boot);
    EXPECT_EQ(*memory.find("DISPLAY_NAME_1"), "standard");
}

// Source: OBi provisioning page, X_UseDefault.
TEST(Quirk, R_G4_AMarkBringsBackTheFactorysValue) {
    const std::string uri =
        "Object[VoiceService.1.VoiceProfile.1.Line.1.SIP.]/ParameterValueStruct[URI]/Value";
    const PhoneMaker& marked = maker("obihai");
    const auto effect = [&](std::vector<std::pair<std::string, std::string>> attributes) {
        return take_parameters({{uri, "x", std::move(attributes)}}, marked).front().effect;
    };
    EXPECT_EQ(effect({{"X_UseDefault", "Yes"}}), Effect::reset);
    EXPECT_EQ(effect({{"X_UseDefault", "No"}}), Effect::set);
    EXPECT_EQ(effect({}), Effect::set);
}

// Source: provisioning guides of both families.
TEST(Quirk, R_B1_AnEmptyElementResetsAndTwoQuotesStoreAnEmptyText) {
    for (const char* const vendor : {"cisco-mpp", "cisco-spa"}) {
        Taker phone(vendor);
        phone.takes({{"GPP_A", "x"}, {"GPP_B", "x"}, {"GPP_C", "x"}});
        phone.takes({{"GPP_A", ""}, {"GPP_B", "\"\""}});
        EXPECT_EQ(phone.value("GPP_A"), "(factory)");
        EXPECT_EQ(phone.value("GPP_B"), "");
        EXPECT_EQ(phone.value("GPP_C"), "x");
    }
}

// Source: J100 guide, retention table; sibling 96x1 for the menu.
TEST(Quirk, R_G4_AValueThatIsNotValidLeavesTheOneBeforeAndSomeOutliveOmission) {
    Taker phone("avaya-j100");
    phone.takes({{"ADMIN_PASSWORD", "4711"}, {"AUTH", "1"}, {"LOGSRVR", "x"}});
    const std::string before = phone.value("ADMIN_PASSWORD");
    phone.takes({{"ADMIN_PASSWORD", "letters"}});
    EXPECT_EQ(phone.value("ADMIN_PASSWORD"), before);
    EXPECT_EQ(phone.value("AUTH"), "1");
    EXPECT_EQ(phone.value("LOGSRVR"), "(factory)");
}

// Source: VVX and CX guides, device.set.
TEST(Quirk, R_G4_AParameterWithoutItsCompanionIsPassedOver) {
    Taker phone("poly");
    phone.takes({{"device.dhcp.bootSrvUseOpt", "Static"},
                 {"device.prov.user", "u"},
                 {"device.prov.user.set", "1"},
                 {"device.prov.serverName", "x"},
                 {"device.prov.serverName.set", "0"}});
    EXPECT_EQ(phone.value("device.dhcp.bootSrvUseOpt"), "(factory)");
    EXPECT_EQ(phone.value("device.prov.user"), "u");
    EXPECT_EQ(phone.value("device.prov.serverName"), "(factory)");
}

TEST(Quirk, R_D1_OverridesOfThePhonesMenuWin) {
    Taker phone("poly");
    phone.takes({{"feature.forward.enable", "0"}});
    phone.memory().set_by_hand("feature.forward.enable", "1");
    phone.takes({{"feature.forward.enable", "0"}});
    EXPECT_EQ(phone.value("feature.forward.enable"), "1");
}

TEST(Quirk, R_G4_ElsewhereTheLastWriteWins) {
    Taker phone("snom");
    phone.takes({{"http_user", "admin"}});
    phone.memory().set_by_hand("http_user", "me");
    EXPECT_EQ(phone.value("http_user"), "me");
    phone.takes({{"http_user", "admin"}});
    EXPECT_EQ(phone.value("http_user"), "admin");
}

TEST(Quirk, R_G4_OfTwoValuesOfOneNameTheFirstCounts) {
    const PhoneMaker& first_line = maker("baresip");
    PhoneMemory memory(first_line);
    BootFiles boot{.files = {take_parameters({{"1/regint", "1", {}}, {"1/regint", "2", {}}}, first_line)},
                   .answered = true};
    memory.apply(boot);
    EXPECT_EQ(*memory.find("1/regint"), "1");
}

TEST(Quirk, R_G4_NamesWithoutANumberAreOneLinesAlone) {
    Taker app("acrobits");
    app.takes_account(password);
    EXPECT_TRUE(app.registers(1));
    EXPECT_FALSE(app.registers(2));
    Taker desk("grandstream");
    desk.takes({{"config/P404", "2002"},
                {"config/P405", "2002"},
                {"config/P406", password},
                {"config/P402", "sip.example"},
                {"config/P401", "1"}});
    EXPECT_FALSE(desk.registers(1));
    EXPECT_TRUE(desk.registers(2));
}

TEST(Quirk, R_B5_AnHa1ComesInPlaceOfThePassword) {
    Taker phone("linphone");
    EXPECT_TRUE(phone.takes_account("0123456789ABCDEF0123456789ABCDEF"));
    const auto account = phone.memory().account(1);
    ASSERT_TRUE(account);
    EXPECT_EQ(account->ha1_md5, "0123456789abcdef0123456789abcdef");
    EXPECT_EQ(account->ha1_sha256, "");
    EXPECT_EQ(account->password_sha256, "");
}

TEST(Quirk, R_G4_WhatWasTakenAndSetByHandLivesOnAcrossRuns) {
    Taker phone("yealink");
    phone.takes_account(password);
    phone.memory().set_by_hand("account.1.display_name", "mine");
    PhoneMemory again = must(PhoneMemory::parse(phone.memory().format(), maker("yealink")));
    EXPECT_EQ(again.format(), phone.memory().format());
    EXPECT_EQ(*again.find("account.1.display_name"), "mine");
    BootFiles boot;
    ASSERT_TRUE(again.read("own", as_file(maker("yealink"), phone.account(password)), boot));
    EXPECT_TRUE(boot.files.empty()) << "the same bytes as before";
}

}  // namespace

}  // namespace provost::sim::testing
