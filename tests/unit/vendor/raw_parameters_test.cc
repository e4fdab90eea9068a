#include "vendor/raw_parameters.h"

#include "acme_file.h"
#include "vendor/template_match.h"
#include "vendor/vendor_file.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

constexpr std::string_view raw_block = R"yaml(raw:
  - {parameter: "display\\.[a-z_]+", value: "[0-9]{1,3}", source: [guide], confidence: medium}
  - {parameter: ringer, models: "X2.*", attributes: {perm: R}, source: [guide], confidence: low}

unsupported:)yaml";

VendorFileOutcome read(std::string_view block) {
    return read_vendor_file(edited(acme_file, "unsupported:", block), "acme.yaml");
}

std::string verdict(std::string_view parameter, std::string_view value) {
    static const auto acme = read(raw_block).spec.value();
    static const auto syntax = make_syntax("key-value", {}).value();
    const auto checked =
        check_raw_override(acme, *syntax, {"acme", std::string(parameter), std::string(value)});
    return checked ? "ok" : checked.error().code + " " + checked.error().fix;
}

TEST(RawParameters, R_G3_KnownNamesAreThoseOfTheVendorFile) {
    EXPECT_EQ(verdict("account.12.transport", "1"), "ok");
    EXPECT_EQ(verdict("account.1.codec.PCMU", "1"), "ok");
    EXPECT_EQ(verdict("overwrite", "1"), "ok");
    EXPECT_EQ(verdict("voicemail", "*97"), "ok");
    EXPECT_EQ(verdict("display.contrast", "40"), "ok");
    EXPECT_EQ(verdict("ringer", "loud"), "ok");
    EXPECT_EQ(verdict("acount.1.transport", "1"), "P-2061 Did you mean 'raw.acme.account.1.transport'?");
    EXPECT_EQ(verdict("account.x.transport", "1").substr(0, 6), "P-2061");
    EXPECT_EQ(verdict("quite.else", "1"), "P-2061 List it under 'raw' in the vendor file, with its source.");
}

TEST(RawParameters, R_B4_NoOneMayTypeASecret) {
    for (const auto* const name : {"account.1.password", "ACCOUNT.2.Password", "admin", "Admin"})
        EXPECT_EQ(verdict(name, "hunter2").substr(0, 6), "P-2062") << name;
    const auto outcome =
        read("raw:\n  - {parameter: \"account\\\\..*\", source: [guide], confidence: low}\n\nunsupported:");
    ASSERT_EQ(outcome.errors.size(), 1U);
    EXPECT_EQ(outcome.errors[0].code, "P-2111") << outcome.errors[0].text();
}

TEST(RawParameters, R_G3_ValuesThatNoPhoneCanCarryAreRefused) {
    EXPECT_EQ(verdict("display.contrast", "bright").substr(0, 6), "P-2063");
    EXPECT_EQ(verdict("voicemail", "a\nb").substr(0, 6), "P-2063");
    EXPECT_EQ(verdict("voicemail", std::string(5000, 'x')).substr(0, 6), "P-2063");
}

TEST(RawParameters, R_D1_GovernedParametersKeepTheProfilesWords) {
    const auto acme = read(raw_block).spec.value();
    HardeningProfile profile;
    auto& off = profile.rules.emplace_back();
    off.id = "web-ui-off";
    off.setting = find_setting("security.web_ui").value();
    off.values = {"off"};
    const auto* const rule = broken_rule(profile, {}, acme, {"acme", "web", "1"});
    ASSERT_NE(rule, nullptr);
    EXPECT_EQ(rule->id, "web-ui-off");
    EXPECT_EQ(broken_rule(profile, {}, acme, {"acme", "web", "0"}), nullptr);
    EXPECT_EQ(broken_rule(profile, {}, acme, {"acme", "voicemail", "1"}), nullptr);
    LiftedRules lifted;
    lifted.lift(0);
    EXPECT_EQ(broken_rule(profile, lifted, acme, {"acme", "web", "1"}), nullptr);
}

TEST(RawParameters, R_G3_ModelsOfTheRuleDecideWhetherItIsSent) {
    const auto acme = read(raw_block).spec.value();
    EXPECT_TRUE(find_parameter(acme, "ringer", "", "X20")->for_model);
    EXPECT_FALSE(find_parameter(acme, "ringer", "", "X10")->for_model);
    EXPECT_EQ(find_parameter(acme, "ringer", "", "X20")->attributes.size(), 1U);
    EXPECT_FALSE(find_parameter(acme, "nothing", "", "X10"));
}

TEST(TemplateMatch, R_G3_IsTheReverseOfFilling) {
    const auto shape = Template::parse("account.{line}.codec.{item}.x").value();
    EXPECT_TRUE(matches(shape, "account.1.codec.PCMU.x"));
    EXPECT_TRUE(matches(shape, "account.12.codec.a.b.x"));
    for (const auto* const bad : {"account..codec.a.x", "account.1.codec..x", "account.1234.codec.a.x",
                                  "account.1.codec.a", "account.1.codec.a.xx", ""})
        EXPECT_FALSE(matches(shape, bad)) << bad;
    EXPECT_FALSE(matches(shape, "Account.1.codec.a.x"));
    EXPECT_TRUE(matches_in_any_case(shape, "Account.1.CODEC.a.x"));
}

}  // namespace
}  // namespace provost
