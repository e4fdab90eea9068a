#include "service/event_choice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace provost {
namespace {

Event of_kind(std::string kind) {
    Event event;
    event.kind = std::move(kind);
    return event;
}

Event visit(std::string rule) {
    auto event = of_kind("visit");
    event.rule = std::move(rule);
    return event;
}

TEST(EventChoice, R_C7_ANameStandsForItselfAndAStarForAnyRest) {
    const EventChoice choice({"device.provisioned", "ban.*"});
    EXPECT_TRUE(choice.takes(of_kind("device.provisioned")));
    EXPECT_TRUE(choice.takes(of_kind("ban.added")));
    EXPECT_TRUE(choice.takes(of_kind("ban.removed")));
    for (const auto* const other :
         {"device.provision", "device.provisioned-too", "device", "bans", "visit", ""})
        EXPECT_FALSE(choice.takes(of_kind(other))) << other;
    EXPECT_FALSE(choice.takes_visits());
    EXPECT_FALSE(EventChoice({}).takes(of_kind("ban.added")));
}

TEST(EventChoice, R_C7_AVisitIsCalledByWhatBecameOfItToo) {
    const EventChoice refused({"refused.*"}), first({"answered.first-delivery"}), all({"visit"}), star({"*"});
    EXPECT_TRUE(refused.takes(visit("claim-mismatch")));
    EXPECT_FALSE(refused.takes(visit("first-delivery")));
    EXPECT_TRUE(first.takes(visit("first-delivery")));
    EXPECT_FALSE(first.takes(visit("resync")));
    EXPECT_TRUE(all.takes(visit("resync")));
    EXPECT_TRUE(all.takes(visit("no rule of ours")));
    EXPECT_TRUE(star.takes(visit("claim-mismatch")));
    EXPECT_TRUE(star.takes(of_kind("epoch.closed")));
    for (const auto* const one : {&refused, &first, &all, &star}) EXPECT_TRUE(one->takes_visits());
    // A finding's rule is none of a visit.
    auto finding = of_kind("guard.finding");
    finding.rule = "claim-mismatch";
    EXPECT_FALSE(refused.takes(finding));
}

TEST(EventChoice, R_C7_ANameThatNoEventHasIsRefusedWithTheNearest) {
    for (const auto* const good :
         {"*", "device.*", "device.armed", "visit", "refused.*", "refused.no-certificate",
          "answered.first-delivery", "webhook.missed", "login.new-b*"})
        EXPECT_TRUE(EventChoice::check(good)) << good;
    for (const auto* const bad : {"device.provisoned", "devices.*", "refused.first-delivery", "door.opened",
                                  "", "*.armed", "device.*.x", "Device.armed"})
        EXPECT_FALSE(EventChoice::check(bad)) << bad;
    const auto told = EventChoice::check("device.provisoned").error();
    EXPECT_EQ(told.code, "P-2107");
    EXPECT_THAT(told.fix, testing::HasSubstr("'device.provisioned'"));
}

}  // namespace
}  // namespace provost
