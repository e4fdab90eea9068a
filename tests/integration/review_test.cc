// Reviews over the real store: what is marked is in the audit trail, and people are reminded.
#include "house_fixture.h"
#include "service/review_keeper.h"

namespace provost {
namespace {

using namespace std::chrono_literals;
using testing_house::HouseTest;

class ReviewTest : public HouseTest {
 protected:
    void SetUp() override {
        HouseTest::SetUp();
        keeper = std::make_unique<ReviewKeeper>(*store, 24h);
    }
    void TearDown() override {
        keeper.reset();
        HouseTest::TearDown();
    }
    static ReviewNames names() {
        return {[](TenantId) { return std::string("acme"); }, [](MacAddress) { return std::string(); }};
    }
    void refused(Rule rule, const std::string& source) {
        Event event;
        event.at = clock.now();
        event.kind = "visit";
        event.rule = to_text(rule);
        event.source = source;
        store->record(std::move(event));
        ASSERT_TRUE(store->apply([](Transaction&) { return Status(); }));
    }
    [[nodiscard]] Review review() const { return keeper->make(names(), clock.now()).value(); }
    [[nodiscard]] std::vector<AuditEntry> trail(const std::string& kind) const {
        AuditFilter filter;
        filter.kind = kind;
        std::vector<AuditEntry> entries;
        const auto page = store->audit(filter, 0, 100).value();
        for (const auto& row : page.rows) entries.push_back(row.entry);
        return entries;
    }

    std::unique_ptr<ReviewKeeper> keeper;
};

TEST_F(ReviewTest, R_C7_WhatIsMarkedIsNotToldAgainAndTheTrailTellsByWhom) {
    refused(Rule::clone_suspected, "192.0.2.1");
    const auto first = review();
    ASSERT_EQ(first.findings.size(), 1U);
    const auto mark = keeper->mark({first.up_to, "called the customer"}, clock.now(), "unix:alice");
    ASSERT_TRUE(mark);
    EXPECT_EQ(mark->up_to, first.up_to);
    const auto entries = trail("review.done");
    ASSERT_EQ(entries.size(), 1U);
    EXPECT_EQ(entries[0].actor, "unix:alice");
    EXPECT_EQ(entries[0].detail, "up to event " + std::to_string(first.up_to) + ": called the customer");

    clock.advance(1h);
    refused(Rule::token_spent, "192.0.2.2");
    const auto second = review();
    EXPECT_EQ(second.last, *mark);
    ASSERT_EQ(second.findings.size(), 1U);
    EXPECT_EQ(second.findings[0].topic, ReviewTopic::used_tokens);
    EXPECT_EQ(keeper->make(names(), clock.now(), 0)->findings.size(), 2U) << "further back";
}

TEST_F(ReviewTest, R_C7_NobodyMarksWhatIsNotThereNorBack) {
    refused(Rule::clone_suspected, "192.0.2.1");
    const auto newest = review().up_to;
    EXPECT_EQ(keeper->mark({newest + 1, ""}, clock.now(), "a").error().code, "P-2080");
    EXPECT_EQ(keeper->mark({-1, ""}, clock.now(), "a").error().code, "P-2080");
    EXPECT_EQ(keeper->mark({newest, "a\nb"}, clock.now(), "a").error().code, "P-2082");
    ASSERT_TRUE(keeper->mark({newest, ""}, clock.now(), "a"));
    EXPECT_EQ(keeper->mark({newest - 1, ""}, clock.now(), "a").error().code, "P-2081");
    EXPECT_EQ(trail("review.done").size(), 1U);
}

TEST_F(ReviewTest, R_C9_PeopleAreRemindedOnceADayUntilTheyLook) {
    ASSERT_TRUE(keeper->tick(clock.now()));
    EXPECT_FALSE(keeper->state(clock.now()).due);
    clock.advance(23h);
    ASSERT_TRUE(keeper->tick(clock.now()));
    EXPECT_TRUE(trail("review.due").empty());
    clock.advance(2h);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(keeper->tick(clock.now()));
    EXPECT_TRUE(keeper->state(clock.now()).due);
    EXPECT_EQ(trail("review.due").size(), 1U);
    keeper = std::make_unique<ReviewKeeper>(*store, 24h);  // a restart
    ASSERT_TRUE(keeper->tick(clock.now()));
    EXPECT_TRUE(keeper->state(clock.now()).due);
    EXPECT_EQ(trail("review.due").size(), 1U) << "a restart does not remind again";
    clock.advance(24h);
    ASSERT_TRUE(keeper->tick(clock.now()));
    EXPECT_EQ(trail("review.due").size(), 2U);
    ASSERT_TRUE(keeper->mark({review().up_to, ""}, clock.now(), "unix:alice"));
    EXPECT_FALSE(keeper->state(clock.now()).due);
    clock.advance(25h);
    ASSERT_TRUE(keeper->tick(clock.now()));
    EXPECT_EQ(trail("review.due").size(), 3U);
    ReviewKeeper silent(*store, Duration(0));
    ASSERT_TRUE(silent.tick(clock.now()));
    EXPECT_FALSE(silent.state(clock.now()).due);
}

}  // namespace
}  // namespace provost
