#include "service/review.h"

#include "service/review_page.h"

#include <set>

#include <gtest/gtest.h>

namespace provost {
namespace {

using namespace std::chrono_literals;

constexpr Timestamp start(std::chrono::hours(480'000));

ReviewNames names() {
    return {[](TenantId id) { return id == 1 ? std::string("acme") : "tenant " + std::to_string(id); },
            [](MacAddress mac) { return mac.oui() == 0x001565 ? std::string("maker") : std::string(); }};
}

Event visit(Rule rule, std::string source, std::uint64_t mac) {
    static std::int64_t id = 0;
    Event event;
    event.id = ++id;
    event.at = start + std::chrono::seconds(event.id);
    event.kind = "visit";
    event.rule = to_text(rule);
    event.source = std::move(source);
    event.device = MacAddress(mac);
    return event;
}

Event finding(Suspicion suspicion, std::string source, std::string evidence) {
    Event event;
    event.at = start;
    event.kind = "guard.finding";
    event.rule = traits_of(suspicion).name;
    event.source = std::move(source);
    event.detail = std::move(evidence);
    event.actor = "guard";
    return event;
}

Event act(std::string kind, std::string detail = {}) {
    Event event;
    event.at = start;
    event.kind = std::move(kind);
    event.actor = "unix:root";
    event.detail = std::move(detail);
    return event;
}

Review review_of(const std::vector<Event>& events, const std::vector<Ban>& bans = {}) {
    ReviewTally tally(names());
    for (const auto& event : events) tally.take(event);
    Review frame;
    frame.from = start;
    frame.to = start + 1h;
    return tally.finish(std::move(frame), bans);
}

const ReviewFinding* find(const Review& review, ReviewTopic topic) {
    for (const auto& one : review.findings)
        if (one.topic == topic) return &one;
    return nullptr;
}

TEST(ReviewTopics, R_C7_EveryRefusalAndEverySuspicionHasItsTopicAndNoAnswerDoes) {
    for (int i = 0; i <= static_cast<int>(Rule::stage_without_secrets); ++i) {
        const auto rule = static_cast<Rule>(i);
        EXPECT_EQ(topic_of(rule).has_value(), is_refusal(rule)) << to_text(rule);
    }
    std::set<std::string_view> known;
    for (const auto& traits : review_topics()) {
        EXPECT_TRUE(known.insert(traits.name).second);
        EXPECT_TRUE(traits.title.ends_with('.')) << traits.name;
        EXPECT_TRUE(traits.next.ends_with('.')) << traits.name;
    }
    for (const auto& traits : suspicions())
        EXPECT_TRUE(review_of({finding(traits.suspicion, "", "")}).findings.size() == 1);
}

TEST(ReviewTopics, R_C7_WhatBelongsWhere) {
    const std::vector<std::pair<Event, ReviewTopic>> table = {
        {visit(Rule::clone_suspected, "192.0.2.1", 1), ReviewTopic::clone},
        {visit(Rule::key_mismatch, "192.0.2.1", 1), ReviewTopic::pin_mismatch},
        {visit(Rule::certificate_generic, "192.0.2.1", 1), ReviewTopic::generic_certificates},
        {visit(Rule::credential_refused, "192.0.2.1", 1), ReviewTopic::guessing},
        {visit(Rule::claim_mismatch, "192.0.2.1", 1), ReviewTopic::other_phones_file},
        {visit(Rule::window_passed, "192.0.2.1", 1), ReviewTopic::late_phones},
        {visit(Rule::token_spent, "192.0.2.1", 1), ReviewTopic::used_tokens},
        {finding(Suspicion::mac_sequence, "192.0.2.1/32", "x"), ReviewTopic::sweep},
        {finding(Suspicion::prefix_scan, "", "x"), ReviewTopic::slow_scan},
        {act("tripwire"), ReviewTopic::tripwire},
        {act("trust.anchor"), ReviewTopic::trust_changes},
        {act("exception.added"), ReviewTopic::relaxations},
        {act("ban.removed"), ReviewTopic::relaxations},
        {act("secret.lost"), ReviewTopic::trouble},
        {act("store.events-dropped"), ReviewTopic::trail},
    };
    for (const auto& [event, topic] : table) {
        const auto review = review_of({event});
        ASSERT_EQ(review.findings.size(), 1U) << event.kind << " " << event.rule;
        EXPECT_EQ(review.findings[0].topic, topic) << event.kind << " " << event.rule;
        EXPECT_EQ(review.findings[0].count, 1U);
    }
    EXPECT_TRUE(
        review_of({visit(Rule::first_delivery, "192.0.2.1", 1), act("device.armed"), act("tenant.changed")})
            .findings.empty());
}

TEST(Review, R_C7_TellsBySourceVendorTenantWithEvidence) {
    auto theft = visit(Rule::claim_mismatch, "192.0.2.7", 0x001565000001);
    theft.tenant = 1;
    theft.proved = true;
    theft.path = "/001565000002.cfg";
    auto again = theft;
    again.source = "192.0.2.8";
    again.at += 10s;
    const auto review = review_of({theft, again, visit(Rule::resync, "192.0.2.9", 0x001565000003)});
    EXPECT_EQ(review.events, 3U);
    EXPECT_EQ(review.refused, 2U);
    EXPECT_EQ(review.answered, 1U);
    const auto* const one = find(review, ReviewTopic::other_phones_file);
    ASSERT_NE(one, nullptr);
    EXPECT_EQ(one->count, 2U);
    EXPECT_EQ(one->last - one->first, 10s);
    EXPECT_EQ(one->sources.size(), 2U);
    EXPECT_EQ(one->networks, 1U);
    EXPECT_EQ(one->devices.at(0).name, "001565000001");
    EXPECT_EQ(one->tenants.at(0).name, "acme");
    EXPECT_EQ(one->vendors.at(0).name, "maker");
    EXPECT_EQ(one->reasons.at(0).name, "claim-mismatch");
    EXPECT_NE(one->examples.at(0).text.find("GET"), 0U);
    EXPECT_NE(one->examples.at(0).text.find("/001565000002.cfg"), std::string::npos);
    ASSERT_EQ(review.networks.size(), 1U);
    EXPECT_EQ(review.networks[0].name, "192.0.2.0/24");
    EXPECT_EQ(topics_text(review.networks[0].topics), "other-phones-file");
}

TEST(Review, R_C7_TheGravestComesFirst) {
    const auto review =
        review_of({visit(Rule::no_certificate, "192.0.2.1", 1), visit(Rule::token_spent, "192.0.2.1", 1),
                   visit(Rule::clone_suspected, "192.0.2.1", 1)});
    ASSERT_EQ(review.findings.size(), 3U);
    EXPECT_EQ(review.findings[0].topic, ReviewTopic::clone);
    EXPECT_EQ(review.findings[1].topic, ReviewTopic::used_tokens);
    EXPECT_EQ(review.findings[2].topic, ReviewTopic::strangers);
}

TEST(Review, R_C7_AStormHasABoundedReport) {
    ReviewTally tally(names());
    for (int i = 0; i < 200'000; ++i) {
        auto event = visit(Rule::no_certificate,
                           "10." + std::to_string(i >> 16) + "." + std::to_string((i >> 8) & 255) + "." +
                               std::to_string(i & 255),
                           0x001565000000ULL + static_cast<std::uint64_t>(i));
        if (i % 3 == 0) event.source = "198.51.100.7";
        tally.take(event);
    }
    Review frame;
    frame.to = start + 1h;
    const auto review = tally.finish(std::move(frame), {});
    ASSERT_EQ(review.findings.size(), 1U);
    const auto& one = review.findings[0];
    EXPECT_EQ(one.count, 200'000U);
    EXPECT_LE(one.sources.size(), 10U);
    EXPECT_EQ(one.sources[0].name, "198.51.100.7") << "the most frequent one is told, whatever came between";
    EXPECT_GE(one.sources[0].count, 66'000U);
    EXPECT_LT(one.sources[1].count, 2'000U) << "who came once is not said to have come often";
    EXPECT_TRUE(one.more_sources);
    EXPECT_NEAR(static_cast<double>(one.networks), 782.0, 60.0);
    EXPECT_LT(review_text(review).size(), 20'000U);
    EXPECT_LT(review_html(review, "1").size(), 40'000U);
}

TEST(TopCounts, R_C7_CountsExactlyWhileThereIsRoomAndNeverTooHighAfterThat) {
    TopCounts counts(4);
    for (int i = 0; i < 12; ++i) counts.add(std::string(1, static_cast<char>('a' + i % 4)), start);
    counts.add("a", start + 1s);
    counts.add("", start);
    auto top = counts.top(2);
    ASSERT_EQ(top.size(), 2U);
    EXPECT_EQ(top[0].name, "a");
    EXPECT_EQ(top[0].count, 4U);
    EXPECT_EQ(top[0].last, start + 1s);
    EXPECT_EQ(top[1].name, "b");
    EXPECT_FALSE(counts.full());
    for (int i = 0; i < 1000; ++i) {
        counts.add("often", start);
        counts.add("name " + std::to_string(i), start);
    }
    EXPECT_TRUE(counts.full());
    top = counts.top(10);
    EXPECT_EQ(top.size(), 4U);
    EXPECT_EQ(top[0].name, "often");
    EXPECT_LE(top[0].count, 1000U);
    EXPECT_GE(top[0].count, 500U);
    for (std::size_t i = 1; i < top.size(); ++i) EXPECT_LE(top[i].count, 4U) << top[i].name;
}

TEST(Review, R_C7_ACloneThatWasServedIsTold) {
    auto event = visit(Rule::first_delivery, "192.0.2.1", 1);
    event.detail = "seen elsewhere a moment ago";
    EXPECT_NE(find(review_of({event}), ReviewTopic::clone), nullptr);
}

TEST(Review, R_C7_IssuersThatAreNotTrustedAreTold) {
    auto event = visit(Rule::certificate_untrusted, "192.0.2.1", 1);
    event.detail = "self-signed; issuer CN=Nobody's CA";
    const auto review = review_of({event, event});
    EXPECT_EQ(find(review, ReviewTopic::unknown_issuers)->reasons.at(0).name, "CN=Nobody's CA");
    EXPECT_NE(review_text(review).find("issuers     CN=Nobody's CA (2)"), std::string::npos)
        << review_text(review);
}

TEST(Review, R_C7_NewKeysOfTheTrailAndPrunedEventsAreABreak) {
    ReviewTally tally(names());
    AuditEntry entry;
    entry.kind = audit_keyed;
    entry.seq = 1;
    entry.at = start;
    tally.take(entry);
    EXPECT_TRUE(ReviewTally(names()).finish({}, {}).findings.empty());
    entry.seq = 9;
    entry.detail = "restored a backup";
    tally.take(entry);
    entry.kind = "delivery.begun";
    tally.take(entry);
    Review frame;
    frame.missed = 7;
    const auto review = tally.finish(std::move(frame), {});
    ASSERT_EQ(review.findings.size(), 1U);
    EXPECT_EQ(review.findings[0].count, 2U);
    EXPECT_NE(review.findings[0].evidence.at(0).find("restored a backup"), std::string::npos);
    EXPECT_NE(review.findings[0].evidence.at(1).find("7 events were pruned"), std::string::npos);
    EXPECT_EQ(review.deliveries, 1U);
}

TEST(ReviewPage, R_C7_NothingThatAStrangerWroteGetsOutOfItsPlace) {
    auto event = visit(Rule::path_unknown, "192.0.2.1", 1);
    event.path = "/<script>alert(1)</script>\"'&\r\n\x1b[31m";
    event.user_agent = "<img src=x onerror=y>";
    event.method = "\x1b]0;GET";  // the tripwire keeps it as it was sent
    event.vendor = "<b>";
    Ban ban;
    ban.network = parse_networks("192.0.2.1", "").value().front();
    ban.evidence = "<i>by hand</i>";
    const auto review = review_of({event}, {ban});
    const auto page = review_html(review, "1.0");
    for (const auto* const hostile : {"<script", "<img", "<b>", "<i>", "\x1b", "\r"})
        EXPECT_EQ(page.find(hostile), std::string::npos) << hostile;
    EXPECT_NE(page.find("&lt;script&gt;"), std::string::npos);
    EXPECT_EQ(page.find("http://"), std::string::npos);
    EXPECT_EQ(page.find("https://"), std::string::npos) << "nothing is fetched from elsewhere";
    for (const char c : review_text(review)) EXPECT_TRUE(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
}

TEST(ReviewPage, R_C7_SaysWhereNothingWasFound) {
    const auto review = review_of({});
    EXPECT_NE(review_text(review).find("Nothing suspicious."), std::string::npos);
    EXPECT_NE(headline(review).find("Nobody has reviewed before."), std::string::npos);
    EXPECT_NE(review_html(review, "1").find("<p>Nothing.</p>"), std::string::npos);
}

}  // namespace
}  // namespace provost
