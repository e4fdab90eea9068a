// The hardening profile's file: what it says, and its mistakes, each told with place and way out.
#include "vendor/hardening_file.h"

#include "acme_file.h"
#include "hardening_acme.h"

#include <algorithm>
#include <ostream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost {
namespace {

TEST(HardeningFile, R_D1_ReadsTheRules) {
    const auto outcome = read_hardening_file(acme_profile, "policy/hardening.yaml");
    ASSERT_TRUE(outcome.profile) << outcome.errors.front().text();
    const auto& profile = *outcome.profile;
    ASSERT_EQ(profile.rules.size(), 4U);
    const auto& media = profile.rules[1];
    EXPECT_EQ(media.id, "media-encrypted");
    EXPECT_EQ(media.requirement, "R-D5");
    EXPECT_EQ(media.says, "media");
    EXPECT_EQ(media.severity, Severity::medium);
    EXPECT_EQ(setting(media.setting).name, "line.srtp");
    EXPECT_THAT(media.values, testing::ElementsAre("preferred", "required"));
    ASSERT_EQ(profile.passwords.size(), 2U);
    EXPECT_EQ(profile.passwords[1].shortest, 16U);
    EXPECT_EQ(setting(profile.passwords[1].secret).name, "security.admin_password");
    EXPECT_THAT(profile.factory_passwords, testing::ElementsAre("0000", "admin", "correct-horse-battery"));
    EXPECT_EQ(profile.of(media.setting), &media);
    EXPECT_EQ(profile.find("web-ui-off"), &profile.rules[2]);
    EXPECT_EQ(profile.find("admin-password"), nullptr) << "no exception can name it";
}

// A '`' in `to` marks where the mistake is to be told, and is taken out before reading.
struct Planted {
    const char* name;
    const char* from;
    const char* to;
    const char* code;
    const char* what;
};
std::ostream& operator<<(std::ostream& out, const Planted& planted) {
    return out << planted.name;
}

std::string place_of(const std::string& text, std::size_t at) {
    const auto lines = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    const auto start = at == 0 ? text.npos : text.rfind('\n', at - 1);
    const auto column = start == text.npos ? at + 1 : at - start;
    return "policy/hardening.yaml:" + std::to_string(lines + 1) + ":" + std::to_string(column);
}

class HardeningMistake : public testing::TestWithParam<Planted> {};

TEST_P(HardeningMistake, R_A11_IsToldWithPlaceAndHelp) {
    const Planted& planted = GetParam();
    auto text = edited(acme_profile, planted.from, planted.to);
    ASSERT_FALSE(text.empty()) << "the file holds '" << planted.from << "' not once";
    const auto mark = text.find('`');
    ASSERT_NE(mark, text.npos);
    text.erase(mark, 1);
    const auto outcome = read_hardening_file(text, "policy/hardening.yaml");
    EXPECT_FALSE(outcome.profile.has_value());
    ASSERT_FALSE(outcome.errors.empty());
    const Error& error = outcome.errors.front();
    EXPECT_EQ(error.code, planted.code) << error.text();
    EXPECT_EQ(error.where, place_of(text, mark)) << error.text();
    EXPECT_NE(error.what.find(planted.what), std::string::npos) << error.text();
    EXPECT_FALSE(error.why.empty() && error.fix.empty()) << error.text();
}

constexpr Planted planted[] = {
    {"FormatOfTheFuture", "format: 1", "format: `2", "P-2107", "'2'"},
    {"KeyUnknown", "{id: usb-off, requirement: R-D1, severity: low, setting:",
     "{`id: usb-off, requirement: R-D1, severity: low, sets:", "P-2104", "setting"},
    {"IdMissing", "{id: usb-off, requirement", "{`requirement", "P-2104", "id"},
    {"IdTwice", "id: usb-off", "id: `web-ui-off", "P-2110", "web-ui-off"},
    {"IdOfAPasswordTwice", "id: admin-password", "id: `usb-off", "P-2110", "usb-off"},
    {"IdIsNone", "id: usb-off", "id: `USB off", "P-2107", "USB off"},
    {"RowMissing", "{id: usb-off, requirement: R-D1,", "{`id: usb-off,", "P-2104", "requirement"},
    {"WordsMissing", "says: no USB", "says: `\"\"", "P-2107", "empty"},
    {"SeverityUnknown", "severity: medium", "severity: `grave", "P-2107", "grave"},
    {"SettingUnknown", "setting: security.usb", "setting: `security.ubs", "P-2108", "security.ubs"},
    {"SettingOfOneLine", "setting: line.srtp", "setting: `line.1.srtp", "P-2108", "line.1.srtp"},
    {"SettingTwice", "setting: security.usb", "setting: `security.web_ui", "P-2110", "another rule"},
    {"SettingIsASecret", "security.usb, value: off", "security.user_password, value: `off", "P-2107",
     "secret"},
    {"ValueUnknown", "setting: line.transport, value: tls", "setting: line.transport, value: `quic", "P-2107",
     "refused"},
    {"ValueMissing", "{id: usb-off, requirement: R-D1, severity: low, setting: security.usb, value: off,",
     "{`id: usb-off, requirement: R-D1, severity: low, setting: security.usb,", "P-2104", "value"},
    {"AlsoUnknown", "also: [required]", "also: [`requird]", "P-2107", "refused"},
    {"AlsoEmpty", "also: [required]", "`also: []", "P-2107", "empty"},
    {"SecretIsNone", "secret: security.admin_password", "secret: `security.web_ui", "P-2107", "not a secret"},
    {"SecretUnknown", "secret: security.admin_password", "secret: `security.admin_pasword", "P-2108",
     "admin_pasword"},
    {"SecretTwice", "secret: security.admin_password", "secret: `line.password", "P-2110", "another rule"},
    {"TooShortForAPassword", "shortest: 16", "shortest: `4", "P-2107", "'4'"},
    {"LengthMissing",
     "{id: sip-password, requirement: R-B4, severity: high, secret: line.password, shortest: 20,",
     "{`id: sip-password, requirement: R-B4, severity: high, secret: line.password,", "P-2104", "shortest"},
    {"FactoryPasswordsMissing", "format: 1", "format: 1\n`factory: []", "P-2103", "factory"},
    {"FactoryPasswordEmpty", "\"0000\"", "`\"\"", "P-2107", "empty"},
    {"RulesAreAMap", "rules:\n  - {id: sip-over-tls,", "rules: {`a: b}\nmore:\n  - {id: sip-over-tls,",
     "P-2106", "list"},
};
INSTANTIATE_TEST_SUITE_P(Planted, HardeningMistake, testing::ValuesIn(planted),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(HardeningFile, R_A11_AProfileWithoutRulesIsNone) {
    const auto outcome =
        read_hardening_file("format: 1\nrules: []\npasswords: []\nfactory_passwords: []\n", "h.yaml");
    ASSERT_FALSE(outcome.profile);
    EXPECT_EQ(outcome.errors.front().code, "P-1107");
    EXPECT_EQ(read_hardening_file("", "h.yaml").errors.front().code.substr(0, 4), "P-21");
}

TEST(HardeningFile, AllMistakesAreToldAtOnce) {
    auto text = edited(acme_profile, "severity: medium", "severity: grave");
    text = edited(text, "setting: security.usb", "setting: security.ubs");
    EXPECT_EQ(read_hardening_file(text, "h.yaml").errors.size(), 2U);
}

}  // namespace
}  // namespace provost
