#include "service/alert.h"

#include "service/event_catalogue.h"
#include "service/review_topic.h"

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp start(std::chrono::hours(480'000));

Event finding(Suspicion suspicion, const std::string& source = "192.0.2.1/32") {
    Event event;
    event.at = start;
    event.kind = "guard.finding";
    event.rule = traits_of(suspicion).name;
    event.source = source;
    event.detail = "30 MACs within 5 s";
    event.actor = "guard";
    return event;
}

TEST(AlertSignal, R_C7_WhatAlertsStandsInTheCatalogue) {
    for (const auto& one : event_catalogue()) {
        Event event;
        event.kind = one.name;
        EXPECT_EQ(signal_of(event).has_value(), !one.alert.empty()) << one.name;
        if (!one.alert.empty()) {
            EXPECT_TRUE(parse_alert_weight(one.alert)) << one.name;
        }
    }
    Event visit;
    visit.kind = "visit";
    EXPECT_FALSE(signal_of(visit)) << "a visit never is one: the detector's findings are";
}

TEST(AlertSignal, R_C7_AFindingWeighsWhatItsTopicDoes) {
    EXPECT_EQ(signal_of(finding(Suspicion::clone))->weight, AlertWeight::critical);
    EXPECT_EQ(signal_of(finding(Suspicion::pin_mismatch))->weight, AlertWeight::critical);
    EXPECT_EQ(signal_of(finding(Suspicion::mac_sweep))->weight, AlertWeight::warning);
    EXPECT_EQ(signal_of(finding(Suspicion::prefix_scan))->weight, AlertWeight::warning);
    EXPECT_EQ(signal_of(finding(Suspicion::path_probing))->weight, AlertWeight::info);
    const auto signal = signal_of(finding(Suspicion::mac_sweep));
    EXPECT_EQ(signal->says, traits_of(Suspicion::mac_sweep).saw);
    EXPECT_NE(signal->example.find("from 192.0.2.1/32, 30 MACs within 5 s"), std::string::npos)
        << signal->example;
}

TEST(AlertGroups, R_C7_AStormIsOneAlertThatIsToldNowAndThenAndAtItsEnd) {
    AlertGroups groups({5s, 1h, 10min, AlertWeight::info});
    const auto signal = *signal_of(finding(Suspicion::mac_sweep));
    std::vector<Alert> told;
    const auto run = [&](Timestamp from, Timestamp to, bool more) {
        for (auto now = from; now < to; now += 1s) {
            if (more)
                for (int i = 0; i < 50; ++i) groups.take(signal, now);
            for (auto& alert : groups.tick(now)) told.push_back(alert);
        }
    };
    run(start, start + 2h, true);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].phase, Alert::Phase::begun);
    EXPECT_EQ(told[0].count, 300U) << "what came within five seconds";
    EXPECT_EQ(told[0].examples.size(), 5U);
    EXPECT_EQ(told[1].phase, Alert::Phase::goes_on);
    EXPECT_EQ(told[1].count, 50U * 3606U);
    EXPECT_EQ(told[1].examples.size(), 5U) << "newer ones";
    run(start + 2h, start + 3h, false);
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told[2].phase, Alert::Phase::goes_on);
    EXPECT_EQ(told[3].phase, Alert::Phase::ended);
    EXPECT_EQ(told[3].count, 50U * 7200U);
    EXPECT_EQ(told[3].at, start + 2h - 1s + 10min);
    run(start + 3h, start + 3h + 10s, true);
    EXPECT_EQ(told.back().phase, Alert::Phase::begun) << "the next storm is another alert";
}

TEST(AlertGroups, R_C7_OneAloneIsToldOnce) {
    AlertGroups groups({5s, 1h, 10min, AlertWeight::info});
    groups.take(*signal_of(finding(Suspicion::clone)), start);
    EXPECT_TRUE(groups.tick(start + 4s).empty());
    EXPECT_EQ(groups.tick(start + 5s).size(), 1U);
    for (auto now = start + 6s; now < start + 3h; now += 1min) EXPECT_TRUE(groups.tick(now).empty());
}

TEST(AlertGroups, R_C7_KindsAndRulesAreToldApartAndLightOnesLeftOut) {
    AlertGroups groups({5s, 1h, 10min, AlertWeight::warning});
    for (const auto suspicion :
         {Suspicion::clone, Suspicion::mac_sweep, Suspicion::mac_sweep, Suspicion::path_probing})
        groups.take(*signal_of(finding(suspicion)), start);
    const auto told = groups.tick(start + 5s);
    ASSERT_EQ(told.size(), 2U);
    EXPECT_EQ(told[0].rule, "clone");
    EXPECT_EQ(told[1].rule, "mac-sweep");
    EXPECT_EQ(told[1].count, 2U);
}

TEST(AlertGroups, R_C7_TheirNumberIsBounded) {
    AlertGroups groups({0s, 1h, 10min, AlertWeight::info});
    for (int i = 0; i < 10'000; ++i) {
        auto signal = *signal_of(finding(Suspicion::clone));
        signal.rule = std::to_string(i);
        groups.take(signal, start);
    }
    EXPECT_LE(groups.tick(start + 5s).size(), 256U);
}

Alert hostile() {
    Alert alert;
    alert.kind = "guard.finding";
    alert.rule = "clone";
    alert.says = "It was seen.";
    alert.next = "Look.";
    alert.count = 3;
    alert.first = alert.last = alert.at = start;
    auto event = finding(Suspicion::clone);
    event.path = "/\"}],\r\n.\r\n<script>\x01\xff";
    event.method = "\x1bGET";  // the tripwire keeps it as it was sent
    alert.examples = {signal_of(event)->example};
    return alert;
}

TEST(AlertMessage, R_C7_NothingThatAStrangerSentGetsOutOfItsPlace) {
    const auto message = message_of(hostile(), "msg_1", "host\r\nBcc: all");
    for (const auto* const text : {&message.subject, &message.json})
        for (const char c : *text) EXPECT_TRUE(static_cast<unsigned char>(c) >= 0x20 && c != '\x7f') << *text;
    for (const char c : message.text) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    EXPECT_NE(message.json.find(R"(/\"}],\\x0d\\x0a.\\x0d\\x0a<script>\\x01\\xff)"), std::string::npos)
        << message.json;
    EXPECT_NE(message.json.find(R"("server":"host\u000d\u000aBcc: all")"), std::string::npos) << message.json;
    EXPECT_NE(message.text.find(R"(host\x0d\x0aBcc: all)"), std::string::npos) << message.text;
}

TEST(AlertMessage, R_C7_IsKeptOverARestartAsItWas) {
    std::vector<AlertMessage> all{message_of(hostile(), "msg_1", "a"), message_of(hostile(), "msg_2", "b")};
    all[1].text = "a\\n\nb\x1f\\";
    auto expected = all;
    expected[1].text = "a\\n\nb\\";
    EXPECT_EQ(from_stored(to_stored(all)), expected);
    EXPECT_TRUE(from_stored("").empty());
    EXPECT_TRUE(from_stored("damaged\n\n\x1f\x1f\n").empty());
}

}  // namespace
}  // namespace provost
