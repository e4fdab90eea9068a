// A diagnostic window as a table: what each file brings while it waits, is open and closes (R-B6, R-D2).
#include "domain/diagnostic_window.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;
using Password = WindowShare::Password;
using enum WindowState;

const Timestamp now = from_rfc3339("2026-11-23T12:00:00Z").value();

DiagnosticWindow window_in(WindowState state, bool exposed = true) {
    DiagnosticWindow window;
    window.id = 7;
    window.device = MacAddress(0x001565000001);
    window.person = "Jo";
    window.reason = "one-way audio";
    window.opened = now - 10min;
    window.until = now + 20min;
    window.exposed = state == open || exposed;
    if (state == open) window.taken = now - 5min;
    if (state == closing) window.ended = now - 1min;
    if (state == waiting) window.exposed = false;
    return window;
}

Claim whole_file() {
    Claim claim;
    claim.method = Method::get;
    claim.kind = FileKind::device;
    claim.may_carry_secrets = true;
    return claim;
}

Decision answer(Rule rule, bool with_secrets) {
    Decision decision{rule, is_refusal(rule)};
    decision.with_secrets = with_secrets;
    return decision;
}

struct Row {
    const char* name;
    WindowState state;
    Rule before;
    bool with_secrets;
    Rule after;
    WindowShare share;
};

class WindowTable : public testing::TestWithParam<Row> {};

TEST_P(WindowTable, R_D2_WhatAFileBrings) {
    const auto& row = GetParam();
    const auto window = window_in(row.state);
    const auto decision = with_window(answer(row.before, row.with_secrets), &window, whole_file(), now);
    EXPECT_EQ(decision.rule, row.after);
    const auto share = share_of(&window, decision, now);
    EXPECT_EQ(share.interface_on, row.share.interface_on);
    EXPECT_EQ(share.password, row.share.password);
    EXPECT_EQ(share.alone, row.share.alone);
    EXPECT_EQ(decision.with_secrets, share.password != Password::own);
}

INSTANTIATE_TEST_SUITE_P(All, WindowTable,
                         testing::Values(Row{"ACallHomeOpensIt",
                                             waiting,
                                             Rule::resync,
                                             false,
                                             Rule::diagnostics_opened,
                                             {true, Password::of_window, true}},
                                         Row{"WithAllSecretsItGoesAlong",
                                             waiting,
                                             Rule::first_delivery,
                                             true,
                                             Rule::first_delivery,
                                             {true, Password::of_window, false}},
                                         Row{"AnEarlyStageOpensNothing",
                                             waiting,
                                             Rule::stage_without_secrets,
                                             false,
                                             Rule::stage_without_secrets,
                                             {false, Password::own, false}},
                                         Row{"ComingTwiceItStaysOnWithoutAPassword",
                                             open,
                                             Rule::resync,
                                             false,
                                             Rule::resync,
                                             {true, Password::own, false}},
                                         Row{"ComingTwiceWithAllSecretsItIsTheSame",
                                             open,
                                             Rule::rotated_delivery,
                                             true,
                                             Rule::rotated_delivery,
                                             {true, Password::of_window, false}},
                                         Row{"RetainedSecretsToo",
                                             open,
                                             Rule::retained_delivery,
                                             true,
                                             Rule::retained_delivery,
                                             {true, Password::of_window, false}},
                                         Row{"AnEarlyStageLeavesItOn",
                                             open,
                                             Rule::stage_without_secrets,
                                             false,
                                             Rule::stage_without_secrets,
                                             {true, Password::own, false}},
                                         Row{"TheNextCallHomeClosesIt",
                                             closing,
                                             Rule::resync,
                                             false,
                                             Rule::diagnostics_closed,
                                             {false, Password::fresh, true}},
                                         Row{"AllSecretsCloseItToo",
                                             closing,
                                             Rule::retained_delivery,
                                             true,
                                             Rule::retained_delivery,
                                             {false, Password::fresh, false}},
                                         Row{"AnEarlyStageIsOffAlready",
                                             closing,
                                             Rule::stage_without_secrets,
                                             false,
                                             Rule::stage_without_secrets,
                                             {false, Password::own, false}}),
                         [](const auto& row) { return std::string(row.param.name); });

TEST(DiagnosticWindow, R_D2_ItsEndCountsBeforeAnybodySawIt) {
    auto window = window_in(open);
    EXPECT_EQ(state_of(window, window.until - 1ms), open);
    EXPECT_EQ(state_of(window, window.until), closing);
    const auto decision = with_window(answer(Rule::resync, false), &window, whole_file(), window.until);
    EXPECT_EQ(decision.rule, Rule::diagnostics_closed);
    EXPECT_FALSE(share_of(&window, decision, window.until).interface_on);
}

TEST(DiagnosticWindow, R_D2_ItAddsNothingToARefusalAHeadOrAPossibleClone) {
    for (const auto state : {waiting, open, closing}) {
        const auto window = window_in(state);
        auto claim = whole_file();
        for (int i = 0; i <= static_cast<int>(Rule::stage_without_secrets); ++i) {
            const auto rule = static_cast<Rule>(i);
            if (rule == Rule::resync) continue;
            EXPECT_EQ(with_window(answer(rule, false), &window, claim, now).rule, rule) << to_text(rule);
            if (is_refusal(rule)) {
                EXPECT_FALSE(share_of(&window, answer(rule, false), now).interface_on);
            }
        }
        auto clone = answer(Rule::resync, false);
        clone.clone_alarm = true;
        EXPECT_FALSE(with_window(clone, &window, claim, now).with_secrets);
        claim.may_carry_secrets = false;
        EXPECT_FALSE(with_window(answer(Rule::resync, false), &window, claim, now).with_secrets);
        claim = whole_file();
        claim.method = Method::head;
        EXPECT_FALSE(with_window(answer(Rule::resync, false), &window, claim, now).with_secrets);
    }
    EXPECT_EQ(with_window(answer(Rule::resync, false), nullptr, whole_file(), now).rule, Rule::resync);
    EXPECT_EQ(share_of(nullptr, answer(Rule::first_delivery, true), now).password, Password::own);
}

TEST(DiagnosticWindow, R_B6_EndedBeforeThePhoneHadItNothingIsLeft) {
    EXPECT_TRUE(end_window(window_in(waiting), now).gone);
    const auto ended = end_window(window_in(open), now);
    EXPECT_FALSE(ended.gone);
    EXPECT_EQ(ended.window.ended, now);
    EXPECT_EQ(end_window(window_in(open), now + 1h).window.ended, window_in(open).until)
        << "when it was over";
}

TEST(DiagnosticWindow, R_B6_ABrokenTransferMayHaveShownThePassword) {
    const auto begun = begin_delivery(window_in(waiting), Password::of_window, 30);
    EXPECT_TRUE(begun.exposed);
    EXPECT_EQ(state_of(begun, now), waiting) << "it is sent again";
    EXPECT_FALSE(end_window(begun, now).gone) << "the phone is to be told another";
}

TEST(DiagnosticWindow, R_B6_ANewOneTakesOverWhatTheOldOneLeftOpen) {
    auto newer = window_in(waiting);
    inherit(newer, window_in(closing));
    EXPECT_FALSE(end_window(newer, now).gone);
    newer = window_in(waiting);
    inherit(newer, window_in(closing, false));
    EXPECT_TRUE(end_window(newer, now).gone);
}

TEST(DiagnosticWindow, R_D2_ADeliveryThatWasTakenWholeOpensOrCloses) {
    auto window = begin_delivery(window_in(waiting), Password::of_window, 30);
    EXPECT_FALSE(complete_delivery(window, 29, now)) << "of before the window";
    const auto taken = complete_delivery(window, 31, now);
    ASSERT_TRUE(taken);
    EXPECT_FALSE(taken->gone);
    EXPECT_EQ(taken->window.taken, now);
    EXPECT_FALSE(complete_delivery(taken->window, 32, now)) << "once";

    window = begin_delivery(end_window(taken->window, now).window, Password::fresh, 40);
    EXPECT_FALSE(complete_delivery(window, 39, now)) << "an opening one that came late";
    const auto closed = complete_delivery(window, 41, now);
    ASSERT_TRUE(closed);
    EXPECT_TRUE(closed->gone);
}

TEST(DiagnosticWindow, R_B6_ItsLengthIsBounded) {
    EXPECT_EQ(window_length(std::nullopt).value(), 30min);
    EXPECT_EQ(window_length(1).value(), 1min);
    EXPECT_EQ(window_length(1440).value(), 24h);
    for (const auto minutes : {-1, 0, 1441})
        EXPECT_EQ(window_length(minutes).error().code, "P-2051") << minutes;
}

TEST(DiagnosticWindow, R_D2_OnlyWhereThePhoneGetsSomethingWhenItComes) {
    using enum DeviceState;
    for (const auto state : {registered, armed, delivering, grace, provisioned, expired, retired}) {
        Device device;
        device.state = state;
        const auto may = may_open_window(device);
        const bool gets = state != registered && state != expired && state != retired;
        EXPECT_EQ(may.has_value(), gets) << to_text(state);
        if (!may) {
            EXPECT_EQ(may.error().code, "P-3010");
        }
    }
}

TEST(DiagnosticWindow, AnAddressIsToldOnlyWhereNoRouterStandsBeforeIt) {
    EXPECT_EQ(interface_url("192.168.7.20"), "https://192.168.7.20/");
    EXPECT_EQ(interface_url("fd00::20"), "https://[fd00::20]/");
    EXPECT_EQ(interface_url("198.51.100.7"), "");
    EXPECT_EQ(interface_url(""), "");
}

}  // namespace
}  // namespace provost
