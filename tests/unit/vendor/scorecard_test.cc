// The scorecard of a vendor, from the file of a made-up one.
#include "vendor/scorecard.h"

#include "acme_file.h"
#include "vendor/vendor_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost {
namespace {

using testing::HasSubstr;
using testing::Not;

VendorSpec acme() {
    auto outcome = read_vendor_file(acme_file, "vendors/acme.yaml");
    for (const auto& error : outcome.errors) ADD_FAILURE() << error.text();
    return std::move(outcome.spec.value());
}

void answer_all(VendorSpec& vendor, Answer answer, Confidence confidence = Confidence::high) {
    for (auto& entry : vendor.scorecard) entry.answer = answer, entry.provenance.confidence = confidence;
}

HardeningProfile profile_of(std::initializer_list<std::string_view> settings) {
    HardeningProfile profile;
    for (const auto name : settings)
        profile.rules.push_back({{std::string(name), "R-D1", ""}, find_setting(name).value(), {"off"}});
    return profile;
}

TEST(Scorecard, R_A9_HasAllSevenWithProvostsOwnAmongThem) {
    const auto vendor = acme();
    const auto card = make_scorecard(vendor, {});
    ASSERT_EQ(card.requirements.size(), 7U);
    for (std::size_t i = 0; i < 7; ++i)
        EXPECT_EQ(card.requirements[i].requirement.number, static_cast<int>(i + 1));
    EXPECT_EQ(card.requirements[4].answer, Answer::yes);
    EXPECT_EQ(card.requirements[4].provenance, nullptr);
    EXPECT_EQ(card.grade, Grade::fails);  // the CA is not public
    EXPECT_EQ(card.summary, "4 of 7 met, 1 partly, 1 not met, 1 not known");
}

TEST(Scorecard, R_A9_GradesByTheWorstAndUnknownIsNeverYes) {
    struct Case {
        Answer all, first;
        Confidence confidence;
        Grade grade;
    };
    using enum Answer;
    for (const auto& one :
         {Case{yes, yes, Confidence::high, Grade::meets}, Case{yes, partly, Confidence::high, Grade::partly},
          Case{yes, unknown, Confidence::high, Grade::unproven},
          Case{partly, unknown, Confidence::high, Grade::unproven},
          Case{yes, yes, Confidence::low, Grade::unproven}, Case{yes, no, Confidence::low, Grade::fails},
          Case{unknown, no, Confidence::high, Grade::fails}}) {
        auto vendor = acme();
        answer_all(vendor, one.all);
        vendor.scorecard.front().answer = one.first;
        vendor.scorecard.front().provenance.confidence = one.confidence;
        EXPECT_EQ(to_text(make_scorecard(vendor, {}).grade), to_text(one.grade));
        EXPECT_EQ(adoption_warning(vendor).empty(), one.grade == Grade::meets || one.grade == Grade::partly);
    }
}

TEST(Scorecard, R_A9_WithoutAnswersNothingIsKnown) {
    auto vendor = acme();
    vendor.scorecard.clear();
    const auto card = make_scorecard(vendor, {});
    EXPECT_EQ(card.grade, Grade::unproven);
    EXPECT_EQ(card.summary, "1 of 7 met, 6 not known");
}

TEST(Scorecard, R_A9_TheWarningNamesWhatFailsAndWhatNobodyKnows) {
    const auto warning = adoption_warning(acme());
    EXPECT_THAT(warning, HasSubstr("not met: 6 (the CA certificate is public)"));
    EXPECT_THAT(warning, HasSubstr("not known: 2 (the key can't be extracted from the phone)"));
    EXPECT_THAT(warning, Not(HasSubstr("4 (")));  // partly
    EXPECT_THAT(warning, HasSubstr("provost vendor show acme"));
}

TEST(Scorecard, R_A9_CountsTheRulesThatThePhonesFollow) {
    auto vendor = acme();
    vendor.parameters.clear();
    vendor.unsupported.clear();
    const auto id = [](std::string_view name) { return find_setting(name).value(); };
    vendor.parameters.emplace_back().setting = id("security.web_ui");
    auto& composite = vendor.parameters.emplace_back();  // names it within another's value
    composite.setting = id("line.user");
    composite.value = Template::parse("sip:{value};transport={line.transport}").value();
    auto& unsupported = vendor.unsupported.emplace_back();
    unsupported.setting = id("security.usb");
    unsupported.why = "No switch.";
    const auto profile = profile_of({"security.web_ui", "line.transport", "security.usb", "security.pnp"});
    const auto card = make_scorecard(vendor, profile);
    EXPECT_EQ(card.enforced, 2U);
    EXPECT_EQ(card.cannot, 1U);
    EXPECT_EQ(card.open, 1U);
    EXPECT_EQ(card.hardening[2].why, "No switch.");
    EXPECT_THAT(card.warnings, testing::Contains(HasSubstr("2 of 4 hardening rules")));
}

TEST(Scorecard, R_A9_AParameterThatSomeModelsLackCountsAsPartly) {
    auto vendor = acme();
    vendor.parameters.clear();
    vendor.unsupported.clear();
    auto& rule = vendor.parameters.emplace_back();
    rule.setting = find_setting("security.web_ui").value();
    rule.models = Pattern{"X20", std::make_shared<const RE2>("X20")};
    const auto profile = profile_of({"security.web_ui"});
    const auto card = make_scorecard(vendor, profile);
    EXPECT_EQ(card.partly, 1U);
    EXPECT_EQ(card.hardening[0].why, "not on X10");
}

TEST(Scorecard, R_A9_CountsBlocksByConfidence) {
    auto vendor = acme();
    const auto before = make_scorecard(vendor, {});
    EXPECT_EQ(before.sources, vendor.sources.size());
    vendor.tls.provenance.confidence = Confidence::low;
    EXPECT_EQ(make_scorecard(vendor, {}).low, before.low + 1);
}

}  // namespace
}  // namespace provost
