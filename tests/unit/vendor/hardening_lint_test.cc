// The linter and what it expects, on a vendor made up for it. All real vendors: unit/service_hardening.
#include "vendor/hardening_lint.h"

#include "acme_file.h"
#include "hardening_acme.h"
#include "vendor/hardening_file.h"
#include "vendor/hardening_fit.h"
#include "vendor/vendor_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const HardeningProfile& profile() {
    static const auto made = read_hardening_file(acme_profile, "h.yaml").profile.value();
    return made;
}

VendorSpec acme(std::string_view from = {}, std::string_view to = {}) {
    const auto text = from.empty() ? std::string(acme_file) : edited(acme_file, from, to);
    auto outcome = read_vendor_file(text, "acme.yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
    return std::move(outcome.spec).value_or(VendorSpec());
}

// One phone, its settings as merged and not looked after by anyone, and the file of a clean one.
struct Phone {
    VendorSpec vendor = acme();
    std::string model = "X20", firmware = "5.2";
    Settings settings = parse_settings("line.1.user=alice\n").value();
    std::vector<SettingKey> secrets;
    LiftedRules lifted;

    [[nodiscard]] std::vector<std::string> lint(const std::vector<ParsedParameter>& file) const {
        const Layer layer{LayerKind::device, "d", &settings};
        const auto effective = merge({&layer, 1});
        const MappingContext context{MacAddress(0x001565000001), model, firmware, &secrets};
        std::vector<std::string> said;
        for (const auto& one : lint_file({vendor, effective, context, profile(), lifted}, file))
            said.push_back(one.rule->id + ": " + one.parameter + " must be " + one.wanted + ", is " +
                           one.found);
        return said;
    }
};

std::vector<ParsedParameter> clean_file() {
    return {{"account.1.user", "alice", {}},
            {"account.1.transport", "2", {}},
            {"account.1.srtp", "0", {}},
            {"web", "0", {}},
            {"web_tls", "0", {}}};
}

std::vector<ParsedParameter> with_value(std::string_view name, std::string_view value) {
    auto file = clean_file();
    for (auto& one : file)
        if (one.name == name) one.value = value;
    return file;
}

TEST(HardeningLint, R_D7_ACleanFilePasses) {
    EXPECT_THAT(Phone().lint(clean_file()), ElementsAre());
}

TEST(HardeningLint, R_D7_ObjectsWhoeverDidIt) {
    Phone phone;
    EXPECT_THAT(phone.lint(with_value("web_tls", "1")),
                ElementsAre("web-ui-off: web_tls must be '0', is '1'"));
    EXPECT_THAT(phone.lint({}), ElementsAre("sip-over-tls: account.1.transport must be '2', is nothing",
                                            "media-encrypted: account.1.srtp must be '0', is nothing",
                                            "web-ui-off: web must be '0', is nothing",
                                            "web-ui-off: web_tls must be '0', is nothing"));
    auto twice = clean_file();
    twice.push_back({"web", "0", {}});
    EXPECT_THAT(phone.lint(twice), ElementsAre("web-ui-off: web must be '0', is there 2 times"));
}

// The expectation is the hardened one, whatever the merged settings say.
TEST(HardeningLint, R_D7_TheMergeIsNotAsked) {
    Phone phone;
    phone.settings = parse_settings("line.1.user=alice\nsecurity.web_ui=on\nline.1.transport=udp\n").value();
    EXPECT_THAT(phone.lint(clean_file()), ElementsAre());
    auto relaxed = with_value("web", "1");
    EXPECT_EQ(phone.lint(relaxed).size(), 1U);
    phone.lifted.lift(2);
    EXPECT_THAT(phone.lint(relaxed), ElementsAre()) << "nothing is expected of a lifted rule";
}

TEST(HardeningLint, R_D7_WhatIsAsGoodIsExpectedAsItIs) {
    Phone phone;
    phone.settings = parse_settings("line.1.user=alice\nline.1.srtp=required\n").value();
    EXPECT_THAT(phone.lint(clean_file()), ElementsAre("media-encrypted: account.1.srtp must be '2', is '0'"));
    EXPECT_THAT(phone.lint(with_value("account.1.srtp", "2")), ElementsAre());
}

TEST(HardeningLint, R_D7_ModelAndFirmwareDecideWhatIsExpected) {
    Phone phone;
    phone.model = "X10";
    auto file = clean_file();
    file.pop_back();  // web_tls is of X2.* only
    EXPECT_THAT(phone.lint(file), ElementsAre());
    phone.firmware = "6.0";
    file.pop_back();  // web ends with firmware 6
    EXPECT_THAT(phone.lint(file), ElementsAre());
}

// A setting that is only a condition of a parameter, or a part of its text, governs it all the same.
TEST(HardeningLint, R_D7_ConditionsAndPartsCount) {
    Phone phone;
    phone.vendor = acme("  line.voicemail:",
                        "  line.label:\n"
                        "    - {parameter: \"filter.{line}\", value: 1, when: {security.web_ui: [off]},"
                        " source: [guide], confidence: high}\n"
                        "    - {parameter: \"proxy.{line}\", value: \"sip:x;transport={line.transport}\","
                        " source: [guide], confidence: high}\n"
                        "  line.voicemail:");
    phone.settings = parse_settings("line.1.user=alice\nline.1.label=a\n").value();
    EXPECT_THAT(phone.lint(clean_file()),
                ElementsAre("web-ui-off: filter.1 must be '1', is nothing",
                            "sip-over-tls: proxy.1 must be 'sip:x;transport=tls', is nothing"));
}

// Two rules that want different texts of one parameter can't both be kept: the vendor file is to blame.
TEST(HardeningLint, R_D7_AContradictionInTheVendorFileShows) {
    Phone phone;
    phone.vendor = acme("  line.srtp:",
                        "  security.menu_lock:\n"
                        "    - {parameter: other, source: [guide], confidence: high}\n"
                        "  line.srtp:");
    EXPECT_THAT(phone.lint(clean_file()), ElementsAre());
    phone.vendor = acme("{parameter: \"account.{line}.srtp\", values: {required: 2, \"*\": 0}",
                        "{parameter: \"account.{line}.transport\", values: {required: 2, \"*\": 0}");
    EXPECT_EQ(phone.lint(clean_file()).size(), 1U);
}

std::vector<ParsedParameter> with_passwords(const std::string& sip, const std::string& admin) {
    auto file = clean_file();
    file.push_back({"account.1.password", sip, {}});
    file.push_back({"admin", admin, {}});
    return file;
}

TEST(HardeningLint, R_D6_PasswordsAreThereOnceAndStrong) {
    Phone phone;
    phone.secrets = {*parse_setting_key("line.1.password"), *parse_setting_key("security.admin_password")};
    const std::string sip = "k7Qz2mN9pR4tV6wY8bC3dF5g", admin = "admin:k7Qz2mN9pR4tV6wY";
    EXPECT_THAT(phone.lint(with_passwords(sip, admin)), ElementsAre());
    const auto found = [&](const std::string& one, const std::string& other) {
        const auto said = phone.lint(with_passwords(one, other));
        return said.size() == 1 ? said[0].substr(said[0].find(", is ") + 5) : std::to_string(said.size());
    };
    EXPECT_EQ(found("", admin), "empty");
    EXPECT_EQ(found("k7Qz2mN9", admin), "too short");
    EXPECT_EQ(found("alice", admin), "the user's own name");
    EXPECT_EQ(found("Correct-Horse-Battery", admin), "a password that phones leave the factory with");
    EXPECT_EQ(found(sip, "admin:"), "empty");
    EXPECT_EQ(found(sip, "admin:0000"), "a password that phones leave the factory with");
    EXPECT_EQ(found(sip, "k7Qz2mN9pR4tV6wY8bC3"), "another text");
    EXPECT_THAT(phone.lint(clean_file()),
                ElementsAre(HasSubstr("a password, is nothing"), HasSubstr("behind 'admin:', is nothing")));
}

TEST(HardeningLint, R_B1_APasswordThatIsNotDeliveredIsAbsent) {
    const Phone phone;
    EXPECT_THAT(phone.lint(with_passwords("k7Qz2mN9pR4tV6wY8bC3dF5g", "admin:k7Qz2mN9pR4tV6wY")),
                ElementsAre("sip-password: account.1.password must be nothing, is there",
                            "admin-password: admin must be nothing, is there"));
}

// A list of users under one name, told apart by what stands in front.
TEST(HardeningLint, R_D6_PasswordsThatShareANameAreToldApart) {
    Phone phone;
    phone.vendor = acme("  security.web_ui:",
                        "  line.ha1:\n"
                        "    - {parameter: other, index: 1, source: [guide], confidence: high}\n"
                        "  security.web_ui:");
    phone.vendor.parameters.back().provenance = {};
    for (auto& rule : phone.vendor.parameters)
        if (rule.name.source() == "account.{line}.password") {
            rule.name = Template::parse("admin").value();
            rule.value = Template::parse("user{line}:{value}").value();
        }
    phone.secrets = {*parse_setting_key("line.1.password"), *parse_setting_key("security.admin_password")};
    auto file = clean_file();
    file.push_back({"admin", "user1:k7Qz2mN9pR4tV6wY8bC3dF5g", {}});
    file.push_back({"admin", "admin:k7Qz2mN9pR4tV6wY", {}});
    EXPECT_THAT(phone.lint(file), ElementsAre());
    file.back().value = "user1:k7Qz2mN9pR4tV6wY8bC3dF5g";
    EXPECT_THAT(phone.lint(file),
                ElementsAre(HasSubstr("sip-password: admin"), HasSubstr("admin-password: admin")));
}

TEST(HardeningLint, R_C3_WithRealSecretsNoTextOfTheFileIsQuoted) {
    const Phone phone;
    const Layer layer{LayerKind::device, "d", &phone.settings};
    const auto effective = merge({&layer, 1});
    const MappingContext context{MacAddress(0x001565000001), phone.model, phone.firmware, &phone.secrets};
    HardeningLint lint({phone.vendor, effective, context, profile(), phone.lifted}, false);
    lint.take({"web", "CANARY", {}});
    for (const auto& finding : lint.findings()) EXPECT_EQ(finding.text().find("CANARY"), std::string::npos);
}

TEST(HardeningFit, R_A9_SaysHowFarAVendorCanFollow) {
    const auto covered = cover_hardening(profile(), acme());
    std::vector<std::string> said;
    for (const auto& one : covered)
        said.push_back(one.rule->id + ": " + std::string(to_text(one.coverage)) +
                       (one.why.empty() ? "" : ", ") + one.why);
    EXPECT_THAT(said, ElementsAre("sip-over-tls: enforced", "media-encrypted: enforced",
                                  "web-ui-off: enforced", "usb-off: cannot, no parameter found",
                                  "sip-password: enforced", "admin-password: enforced"));
}

constexpr auto no_tls_on_x10 =
    "unsupported:\n"
    "  line.transport: {values: [tls, tcp], models: X10, instead: udp, why: no word for it}";

TEST(HardeningFit, R_A9_ModelsWithoutAWordForItGetWhatTheFileSays) {
    const auto vendor = acme("unsupported:", no_tls_on_x10);
    const auto fit = fit_hardening(profile(), vendor, "X10");
    EXPECT_TRUE(fit.cannot.has(0));
    ASSERT_TRUE(fit.layer);
    EXPECT_THAT(format_settings(*fit.layer), HasSubstr("line.transport=udp"));
    EXPECT_FALSE(fit_hardening(profile(), vendor, "X20").layer);
    EXPECT_FALSE(fit_hardening(profile(), vendor, "").layer);
    EXPECT_EQ(cover_hardening(profile(), vendor)[0].coverage, Coverage::partly);
}

TEST(HardeningFit, TheNextBestTextThatTheRuleAcceptsIsTaken) {
    const auto vendor = acme("unsupported:",
                             "unsupported:\n"
                             "  line.srtp: {values: preferred, instead: off, why: all or nothing}");
    const auto fit = fit_hardening(profile(), vendor, "X20");
    EXPECT_FALSE(fit.cannot.has(1));
    ASSERT_TRUE(fit.layer);
    EXPECT_THAT(format_settings(*fit.layer), HasSubstr("line.srtp=required"));
}

}  // namespace
}  // namespace provost
